import type { ConversationId, InboxView } from '@sala/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useKeys } from '../../lib/keys.ts';
import { isVouched, useConnection } from '../../lib/live/connection.ts';
import { problemOf } from '../../lib/problem.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import { cx } from '../../ui/cx.ts';
import { GhostRows } from '../../ui/GhostRows.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { InboxEmpty } from './InboxEmpty.tsx';
import { InboxList } from './InboxList.tsx';
import { countsQuery, inboxQuery, rowsOf } from './inboxQuery.ts';
import { QueueStrip } from './QueueStrip.tsx';
import { useTakeNext } from './useTakeNext.ts';
import { ViewMenu } from './ViewMenu.tsx';
import { ViewTabs } from './ViewTabs.tsx';

interface Props {
  view: InboxView;
  openId: ConversationId | null;
  open: (conversationId: ConversationId) => void;
  className?: string;
}

export function InboxPane({ view, openId, open, className }: Props) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const list = useInfiniteQuery(inboxQuery(view));
  const waiting = useInfiniteQuery(inboxQuery('waiting'));
  const { data: counts } = useQuery(countsQuery);
  const rows = useMemo(() => rowsOf(list.data), [list.data]);
  const longest = rowsOf(waiting.data)[0] ?? null;
  const vouched = isVouched(useConnection());
  const { takeNext, problem, forget } = useTakeNext(open, longest !== null && vouched);

  useKeys({ KeyN: takeNext });

  const more = list.hasNextPage
    ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage, failed: list.isFetchNextPageError }
    : null;

  return (
    <section
      aria-label={t('desk.inbox')}
      data-pane="list"
      tabIndex={-1}
      className={cx('flex min-h-0 min-w-0 flex-col bg-shade-2 outline-none', className)}
    >
      <header className="flex h-(--eave) shrink-0 items-center gap-1 pr-2.5 pl-4 max-pane:h-[3.75rem]">
        <h1 className="flex-1 text-lead font-strong">{t('desk.inbox')}</h1>
        <ViewMenu view={view} />
      </header>
      <ViewTabs view={view} counts={counts} />
      {view !== 'waiting' && <QueueStrip waiting={counts?.waiting ?? 0} longest={longest} takeNext={takeNext} />}
      {problem && (
        <p role="alert" className="flex gap-2 border-b border-line px-4 py-2 text-small text-laterite-ink">
          <span className="flex-1">{wordsFor(problem)}</span>
          <button type="button" className="underline underline-offset-3" onClick={forget}>
            {t('desk.dismiss')}
          </button>
        </p>
      )}
      <div className="flex min-h-0 flex-1 flex-col">
        {list.isPending ? (
          <GhostRows />
        ) : list.isError && rows.length === 0 ? (
          <Trouble title={t('inbox.failedTitle')} problem={problemOf(list.error)} again={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <InboxEmpty view={view} counts={counts} takeNext={takeNext} />
        ) : (
          <InboxList key={view} view={view} rows={rows} openId={openId} open={open} more={more} />
        )}
      </div>
    </section>
  );
}
