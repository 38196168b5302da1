import type { InboxRow } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useDraft } from '../../lib/desk/drafts.ts';
import type { LostRace } from '../../lib/desk/lostRace.ts';
import { languageOf } from '../../lib/i18n/languageOf.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { strong } from '../../ui/strong.tsx';
import { usePreview } from './usePreview.ts';

/** The second line of a row: who was faster, what you have begun to write, or what was said last. */
export function RowWords({ row, isUnread, lost }: { row: InboxRow; isUnread: boolean; lost: LostRace | null }) {
  const t = useTranslations('inbox');
  const preview = usePreview();
  const draft = useDraft(row.conversationId);
  const { last, customer } = row.head;
  const line = 'cut block font-read text-ui/[1.375rem] text-ink-2';

  if (lost) {
    return (
      <span className={cx(line, 'flex items-center gap-1.5 font-ui')}>
        <Avatar id={lost.winnerId} name={lost.winnerName} of="operator" size="xs" />
        <span className="cut">{t.rich('wasFaster', { name: lost.winnerName, b: strong })}</span>
      </span>
    );
  }
  if (draft.trim()) {
    return (
      <span className={line} lang={languageOf(draft)}>
        <span className="font-ui font-firm text-khram-ink">{t('draft')}</span> <bdi>{draft}</bdi>
      </span>
    );
  }
  if (!customer.reachable) return <span className={cx(line, 'font-ui text-ink-3')}>{t('blocked')}</span>;
  if (!last) return <span className={cx(line, 'font-ui text-ink-3')}>{t('quiet')}</span>;

  const { by, text } = preview(last);
  return (
    <span className={cx(line, isUnread && 'font-firm text-ink')}>
      {by && <span className="text-ink-3">{by} </span>}
      <bdi lang={languageOf(text)}>{text}</bdi>
    </span>
  );
}
