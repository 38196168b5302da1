import type { AuditEntry } from '@sala/contracts';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useTimeWords } from '../../lib/format/useTimeWords.ts';
import { useActionWords } from './useActionWords.ts';

/** One line: when, who, what, to whom; what it was before and is after opens beneath it. */
export function AuditLine({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('audit');
  const words = useActionWords();
  const time = useTimeWords();
  const { at, actor, action, subject, via, address, before, after } = entry;
  const who = actor?.name ?? (via === 'system' ? t('system') : t('unknown'));
  const isOneself = actor?.operatorId === subject.id;
  const line = (
    <span className="grid min-w-0 flex-1 grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 max-pane:grid-cols-1">
      <time dateTime={at} title={at} className="num text-small/5 text-ink-3">
        {time(at)}
      </time>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <b className="font-firm">{who}</b>: {words(action)}
        {!isOneself && <span className="text-ink-2"> · {subject.name ?? subject.id}</span>}
        {(address ?? via === 'key') && (
          <span className="block text-small text-ink-3">
            {[via === 'key' ? t('viaKey') : null, address && t('address', { address })].filter(Boolean).join(' · ')}
          </span>
        )}
      </span>
    </span>
  );

  return (
    <li className="border-b border-line" data-action={action}>
      {before || after ? (
        <details className="group">
          <summary className="flex cursor-pointer list-none items-start gap-2 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
            {line}
            <ChevronRight size={18} aria-hidden="true" className="text-ink-3 group-open:rotate-90" />
          </summary>
          <div className="grid gap-3 pb-3 pl-[8.25rem] max-pane:pl-0 pane:grid-cols-2">
            <Side title={t('before')} values={before} />
            <Side title={t('after')} values={after} />
          </div>
        </details>
      ) : (
        <div className="py-2">{line}</div>
      )}
    </li>
  );
}

function Side({ title, values }: { title: string; values: Record<string, unknown> | null }) {
  const t = useTranslations('audit');
  return (
    <section aria-label={title} className="min-w-0 rounded-control bg-shade-1 p-3">
      <h3 className="text-small text-ink-3">{title}</h3>
      {values ? (
        <dl className="mt-1 grid gap-1">
          {Object.entries(values).map(([name, value]) => (
            <div key={name} className="[overflow-wrap:anywhere]">
              <dt className="inline text-ink-3">{name}: </dt>
              <dd className="inline font-code text-small">
                {typeof value === 'string' ? value : JSON.stringify(value)}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="mt-1 text-ink-3">{t('nothing')}</p>
      )}
    </section>
  );
}
