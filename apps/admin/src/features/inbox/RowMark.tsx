import { holderOf, type InboxRow } from '@sala/contracts';
import { Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { useUnsentCount } from '../../lib/outbox/useOutbox.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { useSlow } from '../../ui/useSlow.ts';

/** The one mark of a row: not sent, then waiting to be sent, then unanswered, then whose it is. */
export function RowMark({ row, isUnread }: { row: InboxRow; isUnread: boolean }) {
  const t = useTranslations();
  const me = useMe();
  const nameOf = useOperatorName();
  const { failed, unanswered, session } = row.head;
  const unsent = useUnsentCount(row.conversationId, 'unsent');
  const stopped = useUnsentCount(row.conversationId, 'stopped');
  // What goes at once is not worth a mark.
  const isHeldUp = useSlow(unsent > 0, 600);

  if (failed + stopped > 0) {
    return (
      <span
        className="inline-flex h-5 items-center rounded-mark bg-laterite-wash px-1.5 text-[0.75rem]/5 font-firm whitespace-nowrap text-laterite-ink"
        title={t('inbox.failed', { n: failed + stopped })}
      >
        {t('inbox.notSent')}
      </span>
    );
  }
  if (isHeldUp) {
    return (
      <span
        className="num inline-flex items-center gap-1 text-small text-ink-2"
        title={t('outbox.waitsHere', { n: unsent })}
      >
        <Clock size={16} aria-hidden="true" />
        <span aria-hidden="true">{unsent}</span>
        <span className="unseen">{t('outbox.waitsHere', { n: unsent })}</span>
      </span>
    );
  }
  if (isUnread) {
    return (
      <span className="num inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded-round bg-khram px-[5px] text-micro leading-none font-strong text-on-khram">
        <span aria-hidden="true">{unanswered}</span>
        <span className="unseen">{t('inbox.unanswered', { n: unanswered })}</span>
      </span>
    );
  }
  const holder = holderOf(session);
  if (holder === null || holder === me.operatorId) return null;
  const name = nameOf(holder);
  return (
    <span title={t('inbox.owner', { name })}>
      <Avatar id={holder} name={name} of="operator" size="xs" />
      <span className="unseen">{t('inbox.owner', { name })}</span>
    </span>
  );
}
