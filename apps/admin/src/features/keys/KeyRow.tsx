import type { ApiKey } from '@sala/contracts';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSecond } from '../../lib/clock.ts';
import { useMe } from '../../lib/desk/me.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { useTimeWords } from '../../lib/format/useTimeWords.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { useRemoveKey } from './keysQuery.ts';

/** One key: what it is for, whose it is, what it may, and until when. */
export function KeyRow({ apiKey: key }: { apiKey: ApiKey }) {
  const t = useTranslations('apiKeys');
  const act = useTranslations('act');
  const time = useTimeWords();
  const nameOf = useOperatorName();
  const me = useMe();
  const [isAsking, setIsAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const remove = useRemoveKey(key);
  const isOver = Date.parse(key.expiresAt) <= useSecond() * 1000;
  const facts = [
    key.operatorId === me.operatorId ? null : t('of', { name: nameOf(key.operatorId) }),
    key.scopes.map((scope) => t(`scope.${scope}`)).join(', '),
    key.usedAt ? t('used', { t: time(key.usedAt) }) : t('neverUsed'),
  ];

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-firm [overflow-wrap:anywhere]">{key.name}</p>
        <p className="text-small text-ink-3">
          {facts.filter(Boolean).join(' · ')}
          {' · '}
          {isOver ? (
            <span className="text-laterite-ink">{t('expired', { t: time(key.expiresAt) })}</span>
          ) : (
            t('until', { t: time(key.expiresAt) })
          )}
        </p>
        <p className="text-small text-ink-3">{t('beginsWith', { prefix: key.prefix })}</p>
      </div>
      <Button ref={button} aria-label={t('removeOf', { name: key.name })} onClick={() => setIsAsking(true)}>
        {act('remove')}
      </Button>
      <Confirm
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('removeTitle', { name: key.name })}
        lead={t('removeLead')}
        words={act('remove')}
        busyWords={act('removing')}
        act={remove}
        returnsTo={button}
      />
    </li>
  );
}
