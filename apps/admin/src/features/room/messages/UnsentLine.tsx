import { useMayAct } from '../../../lib/live/connection.ts';
import { useSlow } from '../../../ui/useSlow.ts';
import { ContentView } from './ContentView.tsx';
import type { UnsentMessage } from './lines.ts';
import { bubbleOf, type Look, Turn } from './Turn.tsx';
import { UnsentState } from './UnsentState.tsx';

/** What takes longer is worth a word. */
const SLOW_MS = 600;

/** A message of one's own that the log does not have yet: it looks as it will, unless it is held up. */
export function UnsentLine({ line }: { line: UnsentMessage }) {
  const { entry, startsRun } = line;
  const { type } = entry.state;
  const isReached = useMayAct();
  const isSlow = useSlow(type === 'kept', SLOW_MS);
  // A message that goes at once is not shown as one that waits.
  const isGoing = line.isLanding || type === 'sending' || (type === 'kept' && isReached && !isSlow && !line.heldBy);

  return (
    <div data-unsent={isGoing ? 'sending' : type} className={isGoing ? undefined : 'pb-1'}>
      <Turn author="operator" at={new Date(entry.keptAt).toISOString()} startsRun={startsRun} by={null}>
        <ContentView
          content={entry.content}
          className={bubbleOf('operator', startsRun, isGoing ? 'plain' : lookOf(line))}
        />
        <UnsentState line={line} isGoing={isGoing} />
      </Turn>
    </div>
  );
}

const lookOf = ({ entry }: UnsentMessage): Look => (entry.state.type === 'stopped' ? 'outlined' : 'set back');
