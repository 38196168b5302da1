import type { SessionSummary } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { duration } from '../../lib/format/duration.ts';
import { dayAndClock } from '../../lib/format/time.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { cx } from '../../ui/cx.ts';

/** Every session with this customer, newest first: when, who, and how it ended. */
export function PastSessions({ sessions }: { sessions: SessionSummary[] }) {
  const t = useTranslations('customer');
  return (
    <section className="border-t border-line px-5 pt-3 pb-4">
      <h3 className="mb-2 flex justify-between text-small text-ink-3">
        <span>{t('sessions')}</span>
        {sessions.length > 0 && <span className="num">{sessions.length}</span>}
      </h3>
      {sessions.length === 0 ? (
        <p className="text-ink-2">{t('none')}</p>
      ) : (
        <ul className="grid gap-[9px]">
          {sessions.map((session) => (
            <PastSession key={session.sessionId} session={session} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PastSession({ session }: { session: SessionSummary }) {
  const t = useTranslations('customer');
  const { locale } = useLanguage();
  const me = useMe();
  const nameOf = useOperatorName();
  const { openedAt, claimedAt, closedAt, operatorId } = session;
  const when = dayAndClock(openedAt, locale);

  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2">
      <span className={cx('num', !closedAt && 'font-firm')}>{closedAt ? when : t('now', { t: when })}</span>
      <span className="cut max-w-32 justify-self-end text-ink-3">
        {operatorId === null ? t('nobody') : operatorId === me.operatorId ? t('you') : nameOf(operatorId)}
      </span>
      <span className="text-small text-ink-3 [overflow-wrap:anywhere]">
        {closedAt ? (
          <Ending session={session} />
        ) : claimedAt ? (
          t('waited', { t: between(openedAt, claimedAt) })
        ) : (
          t('waiting')
        )}
      </span>
      {closedAt && (
        <span className="num justify-self-end text-small text-ink-3">
          {t('took', { t: between(openedAt, closedAt) })}
        </span>
      )}
    </li>
  );
}

function Ending({ session }: { session: SessionSummary }) {
  const t = useTranslations('customer');
  if (session.reason) return session.reason;
  switch (session.closedBy?.type) {
    case 'USER':
      return t('closedByCustomer');
    case 'SYSTEM':
      return t('closedByRule');
    case 'SYSTEM_TIMEOUT':
      return t('closedBySilence');
    case 'OPERATOR':
    case undefined:
      return t('noReason');
  }
}

const between = (from: string, to: string) => duration(Date.parse(to) - Date.parse(from));
