import type { ConversationId } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../../lib/desk/me.ts';
import { useAct } from '../../../lib/desk/useAct.ts';
import { api } from '../../../lib/live/api.ts';
import { useProblemWords } from '../../../lib/problemWords.ts';
import type { MessageEntry } from '../messages/lines.ts';

interface Props {
  conversationId: ConversationId;
  entry: MessageEntry;
}

/** Asks for a failed message once more. Only who wrote it, or a supervisor, may. */
export function RetryButton({ conversationId, entry }: Props) {
  const t = useTranslations('delivery');
  const wordsFor = useProblemWords();
  const me = useMe();
  const isMine = entry.author.type === 'operator' && entry.author.operatorId === me.operatorId;
  const mayRetry = isMine || me.permissions.includes('delivery.retryAny');
  const { run, busy, problem } = useAct(
    mayRetry ? () => api.room.retry.mutate({ conversationId, messageId: entry.messageId }) : null,
  );
  if (!mayRetry) return null;

  return (
    <>
      <button
        type="button"
        disabled={!run}
        onClick={() => void run?.(undefined)}
        className="inline-flex min-h-6 items-center font-firm underline underline-offset-3 max-pane:min-h-11"
      >
        {busy ? t('sendingAgain') : t('again')}
      </button>
      {problem && <span role="alert"> {wordsFor(problem)}</span>}
    </>
  );
}
