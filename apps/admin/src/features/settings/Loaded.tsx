import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { problemOf } from '../../lib/problem.ts';
import { GhostRows } from '../../ui/GhostRows.tsx';
import { Trouble } from '../../ui/Trouble.tsx';

interface Props<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** What a page shows, once it has come; before that, that it is on its way, or why it does not come. */
export function Loaded<Data>({ query, children }: Props<Data>) {
  const t = useTranslations('pages');
  if (query.data !== undefined) return children(query.data);
  return (
    <div className="-mx-4">
      {query.isError ? (
        <Trouble title={t('notCome')} problem={problemOf(query.error)} again={() => void query.refetch()} />
      ) : (
        <GhostRows rows={4} />
      )}
    </div>
  );
}
