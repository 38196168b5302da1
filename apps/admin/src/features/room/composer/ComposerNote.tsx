import { useTranslations } from 'use-intl';
import { useMayAct } from '../../../lib/live/connection.ts';
import { useIsDurable } from '../../../lib/outbox/useOutbox.ts';
import { cx } from '../../../ui/cx.ts';
import { strong } from '../../../ui/strong.tsx';
import { useSlow } from '../../../ui/useSlow.ts';

/** From here on the limit is worth knowing. */
const NEAR_LIMIT = 300;

interface Props {
  left: number;
  isLive: boolean;
  trouble: string | null;
  newLineKeys: string;
}

/** The one phrase beside Send: what went wrong, what is in the way, or how a line is broken. */
export function ComposerNote({ left, isLive, trouble, newLineKeys }: Props) {
  const t = useTranslations();
  const isDurable = useIsDurable();
  const isReached = useMayAct();
  // Joining a room takes a moment that is not worth a word.
  const isOut = useSlow(!isLive, 1_000);
  const place = 'min-w-0 flex-1 text-small text-ink-3';

  if (trouble) {
    return (
      <p role="alert" className={cx(place, '[overflow-wrap:anywhere] text-laterite-ink')}>
        {trouble}
      </p>
    );
  }
  if (!isDurable) {
    return <output className={cx(place, 'text-lamp-ink')}>{t.rich('outbox.notDurable', { b: strong })}</output>;
  }
  if (!isReached) {
    return <output className={cx(place, 'text-ink-2')}>{t.rich('outbox.willBeKept', { b: strong })}</output>;
  }
  if (isOut) {
    return <output className={cx(place, 'text-ink-2')}>{t.rich('composer.notInRoom', { b: strong })}</output>;
  }
  if (left < 0)
    return <p className={cx(place, 'num font-firm text-lamp-ink')}>{t('composer.tooLong', { n: -left })}</p>;
  if (left < NEAR_LIMIT) return <p className={cx(place, 'num')}>{t('composer.left', { n: left })}</p>;
  return <p className={cx(place, 'cut max-pane:invisible')}>{t('composer.newLine', { keys: newLineKeys })}</p>;
}
