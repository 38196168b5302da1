import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';

/** A queue that grows faster than this is told of no oftener. */
const EVERY_MS = 10_000;

/** Tells those who cannot see the figure that the queue has grown. */
export function QueueAnnouncer({ waiting }: { waiting: number }) {
  const t = useTranslations('desk');
  const [words, setWords] = useState('');
  const told = useRef(waiting);
  const tell = useEffectEvent(() => {
    if (waiting > told.current) setWords(t('waitingNow', { n: waiting }));
    told.current = waiting;
  });

  useEffect(() => {
    const timer = setInterval(() => tell(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <p aria-live="polite" className="unseen">
      {words}
    </p>
  );
}
