import type { Unsent } from '../../../lib/outbox/useOutbox.ts';
import { useUnsentWords } from './useUnsentWords.ts';

/** Reads out that a message has stopped and why: the log itself stays silent. */
export function UnsentNews({ unsent }: { unsent: Unsent }) {
  const { stoppedWords } = useUnsentWords();
  const words = unsent.entries.flatMap(({ state, tries }) =>
    state.type === 'stopped' ? [stoppedWords(state.problem, tries)] : [],
  );
  return (
    <p aria-live="polite" className="unseen">
      {words[0]}
    </p>
  );
}
