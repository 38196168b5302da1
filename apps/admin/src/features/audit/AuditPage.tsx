import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { problemOf } from '../../lib/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { GhostRows } from '../../ui/GhostRows.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { Why } from '../../ui/Why.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditLine } from './AuditLine.tsx';
import { auditQuery, csvAddress } from './auditQuery.ts';
import { auditQueryOf, type AuditSearch, isFiltered } from './auditSearch.ts';

interface Props {
  search: AuditSearch;
  change: (search: AuditSearch) => void;
}

/** What was done, by whom and when: searched by what the address says, and taken away as a file. */
export function AuditPage({ search, change }: Props) {
  const t = useTranslations('audit');
  const pages = useTranslations('pages');
  const asked = useMemo(() => auditQueryOf(search), [search]);
  const log = useInfiniteQuery(auditQuery(asked));
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];

  return (
    <SettingsPage
      page="audit"
      action={
        <a
          href={csvAddress(asked)}
          download="sala-audit.csv"
          className="inline-flex h-8 items-center rounded-control bg-floor px-3 font-firm inset-ring inset-ring-line-2 hover:bg-hover max-pane:h-10"
        >
          {t('csv')}
        </a>
      }
    >
      <AuditFilters search={search} change={change} />
      {log.isPending ? (
        <div className="-mx-4">
          <GhostRows />
        </div>
      ) : log.isError && entries.length === 0 ? (
        <div className="-mx-6 max-pane:-mx-4">
          <Trouble title={pages('notCome')} problem={problemOf(log.error)} again={() => void log.refetch()} />
        </div>
      ) : entries.length === 0 ? (
        <div className="-mx-6 max-pane:-mx-4">
          <Empty title={isFiltered(search) ? t('noneFound') : t('none')} />
        </div>
      ) : (
        <>
          <ol className="border-t border-line-2">
            {entries.map((entry) => (
              <AuditLine key={entry.entryId} entry={entry} />
            ))}
          </ol>
          <Why problem={log.isFetchNextPageError ? problemOf(log.error) : null} className="pt-3" />
          {log.hasNextPage && (
            <Button className="mt-3" onClick={log.isFetchingNextPage ? null : () => void log.fetchNextPage()}>
              {log.isFetchingNextPage ? t('loadingMore') : t('more')}
            </Button>
          )}
        </>
      )}
    </SettingsPage>
  );
}
