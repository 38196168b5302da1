import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useSecond } from '../../lib/clock.ts';
import { duration } from '../../lib/format/duration.ts';
import { type Connection, useConnection } from '../../lib/live/connection.ts';
import { lastHeardAt, tryNow } from '../../lib/live/pageLine.ts';
import { useBackNotice, useGoingCount } from '../../lib/outbox/useOutbox.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import { Button } from '../../ui/Button.tsx';
import { PhoneMark } from '../connection/PhoneMark.tsx';
import { ageSeconds } from '../connection/shown.ts';
import type { Following } from './useRoom.ts';

/** How long a new connection takes before it is worth a line. */
const WORTH_A_LINE_MS = 1_500;

/** Says, on top of the room, that what it shows may be old, since when, and what happens next. */
export function BrokenLine({ following }: { following: Following }) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const connection = useConnection();
  const second = useSecond();
  const now = second * 1000;
  const strip = stripOf(connection, now);
  const going = useGoingCount();
  const back = useBackNotice();
  const age = duration(ageSeconds(connection, lastHeardAt(), second) * 1000);

  if (following.type === 'refused') {
    return <Strip>{t('room.refused', { reason: wordsFor(following.problem) })}</Strip>;
  }
  if (!strip) return back === null ? <PhoneMark /> : <Strip>{t('outbox.back', { n: back })}</Strip>;
  const next = 'until' in connection && strip !== 'drainingTip' ? <NextTry until={connection.until} now={now} /> : null;
  return (
    <Strip>
      <span className="min-w-0 flex-1">
        {strip === 'offlineStrip' && going > 0
          ? t('outbox.offlineStrip', { t: age, n: going })
          : t(`connection.${strip}`, { t: age })}{' '}
        {next}
      </span>
      {strip !== 'revokedTip' && (
        <Button look="onRoof" onClick={tryNow}>
          {t('connection.tryNow')}
        </Button>
      )}
    </Strip>
  );
}

type StripWords = 'offlineStrip' | 'joiningStrip' | 'staleStrip' | 'drainingTip' | 'revokedTip';

function stripOf(connection: Connection, now: number): StripWords | null {
  const isWorthIt = now - connection.since >= WORTH_A_LINE_MS;
  switch (connection.type) {
    case 'offline':
      return 'offlineStrip';
    case 'reconnecting':
      return isWorthIt ? 'joiningStrip' : null;
    case 'stale':
      return isWorthIt ? 'staleStrip' : null;
    case 'draining':
      return isWorthIt ? 'drainingTip' : null;
    case 'revoked':
      return 'revokedTip';
    case 'connecting':
    case 'live':
    case 'signedOut':
      return null;
  }
}

function NextTry({ until, now }: { until: number | null; now: number }) {
  const t = useTranslations('connection');
  if (until === null) return t('trying');
  return t('nextTry', { n: Math.max(1, Math.ceil((until - now) / 1000)) });
}

/** Silent: the connection's mark has announced the change, and this one changes every second. */
const Strip = ({ children }: { children: ReactNode }) => (
  <p className="roofed num flex min-h-11 shrink-0 items-center gap-3 py-1.5 pr-3 pl-5">{children}</p>
);
