import { holderOf, type InboxRow } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { Avatar } from '../../ui/Avatar.tsx';

/** The one mark of a row: not sent, then unanswered, then whose it is. */
export function RowMark({ row, isUnread }: { row: InboxRow; isUnread: boolean }) {
  const t = useTranslations('inbox');
  const me = useMe();
  const nameOf = useOperatorName();
  const { failed, unanswered, session } = row.head;

  if (failed > 0) {
    return (
      <span
        className="inline-flex h-5 items-center rounded-mark bg-laterite-wash px-1.5 text-[0.75rem]/5 font-firm whitespace-nowrap text-laterite-ink"
        title={t('failed', { n: failed })}
      >
        {t('notSent')}
      </span>
    );
  }
  if (isUnread) {
    return (
      <span className="num inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded-round bg-khram px-[5px] text-micro leading-none font-strong text-on-khram">
        <span aria-hidden="true">{unanswered}</span>
        <span className="unseen">{t('unanswered', { n: unanswered })}</span>
      </span>
    );
  }
  const holder = holderOf(session);
  if (holder === null || holder === me.operatorId) return null;
  const name = nameOf(holder);
  return (
    <span title={t('owner', { name })}>
      <Avatar id={holder} name={name} of="operator" size="xs" />
      <span className="unseen">{t('owner', { name })}</span>
    </span>
  );
}
