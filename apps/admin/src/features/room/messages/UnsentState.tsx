import { CircleAlert, Clock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSecond } from '../../../lib/clock.ts';
import { useBox } from '../../../lib/outbox/useOutbox.ts';
import { useSlow } from '../../../ui/useSlow.ts';
import type { UnsentMessage } from './lines.ts';
import { handsOnFocus } from './handOnFocus.ts';
import { State } from './State.tsx';
import { useUnsentWords } from './useUnsentWords.ts';

interface Props {
  line: UnsentMessage;
  isGoing: boolean;
}

/** Where a message is on its way to the server, why it is not there, and what its writer can do. */
export function UnsentState({ line, isGoing }: Props) {
  const t = useTranslations('outbox');
  const { stoppedWords } = useUnsentWords();
  const { entry, heldBy, place } = line;
  if (isGoing) return <OnItsWay words={t('sending')} />;

  switch (entry.state.type) {
    case 'kept':
    case 'sending':
      return (
        <State>
          {heldBy ? t('heldBack') : t('kept', { place })} <Ways entry={entry} mayGo={false} />
        </State>
      );
    case 'waiting':
      return (
        <State className="text-lamp-ink" icon={<Clock size={16} />}>
          <Waiting entry={entry} until={entry.state.until} problem={entry.state.problem} /> <Ways entry={entry} mayGo />
        </State>
      );
    case 'stopped':
      return (
        <State className="text-laterite-ink" icon={<CircleAlert size={16} />}>
          {stoppedWords(entry.state.problem, entry.tries)} <Ways entry={entry} mayGo />
        </State>
      );
  }
}

type Entry = UnsentMessage['entry'];
type Waits = Extract<Entry['state'], { type: 'waiting' }>;

function Waiting({ until, problem }: { entry: Entry; until: number; problem: Waits['problem'] }) {
  const { waitingWords } = useUnsentWords();
  const s = Math.ceil(until / 1000 - useSecond());
  return <span className="num">{waitingWords(problem, Math.max(0, s))}</span>;
}

/** Usually over before anybody could read it; the word comes when it is not. */
function OnItsWay({ words }: { words: string }) {
  return useSlow(true, 600) ? <State>{words}</State> : null;
}

/** What its writer can do with a message that is held up. */
function Ways({ entry, mayGo }: { entry: Entry; mayGo: boolean }) {
  const t = useTranslations('outbox');
  const box = useBox();
  const [isCopied, setIsCopied] = useState(false);
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-2.5">
      {mayGo && <Way onClick={() => void box.again(entry.messageId)}>{t('again')}</Way>}
      {/* Browsers offer no clipboard on pages that came over plain HTTP. */}
      {'clipboard' in navigator && (
        <Way onClick={() => void navigator.clipboard.writeText(entry.content.text).then(() => setIsCopied(true))}>
          {isCopied ? t('copied') : t('copy')}
        </Way>
      )}
      <Way onClick={() => void box.drop(entry.messageId)}>{t('drop')}</Way>
    </span>
  );
}

function Way({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      ref={handsOnFocus}
      type="button"
      onClick={onClick}
      className="inline-flex min-h-6 items-center font-firm underline underline-offset-3 max-pane:min-h-11"
    >
      {children}
    </button>
  );
}
