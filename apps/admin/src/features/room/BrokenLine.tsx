import { useTranslations } from 'use-intl';
import { useSecond } from '../../lib/clock.ts';
import { duration } from '../../lib/format/duration.ts';
import { useConnection } from '../../lib/live/connection.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import type { Following } from './useRoom.ts';

/** How long a new connection takes before it is worth a line. */
const WORTH_A_LINE_MS = 1_500;

/** Says, on top of the room, that what it shows may be old, and since when. */
export function BrokenLine({ following }: { following: Following }) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const connection = useConnection();
  const brokenForMs = useSecond() * 1000 - connection.since;

  const words = () => {
    if (following.type === 'refused') return t('room.refused', { reason: wordsFor(following.problem) });
    const values = { t: duration(brokenForMs) };
    if (connection.type === 'offline') return t('connection.offlineStrip', values);
    const isWorthIt = connection.type === 'reconnecting' && brokenForMs >= WORTH_A_LINE_MS;
    return isWorthIt ? t('connection.joiningStrip', values) : null;
  };
  const sentence = words();
  if (!sentence) return null;
  return (
    // Silent: the connection's mark has announced the change, and this one changes every second.
    <p className="roofed num flex min-h-11 shrink-0 items-center py-1.5 pr-3 pl-5">{sentence}</p>
  );
}
