import type { RoomMember } from '@sala/contracts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { useLanguage } from '../../../lib/i18n/Language.tsx';
import { comings } from './faces.ts';

/** Who only looks in, or reloads, is not told of. */
const SETTLE_MS = 3_000;

/** Tells those who cannot see the faces who came into the room and who left it. */
export function Comings({ others }: { others: readonly RoomMember[] | null }) {
  const t = useTranslations('presence');
  const { locale } = useLanguage();
  const nameOf = useOperatorName();
  const told = useRef<ReadonlySet<string> | null>(null);
  const [words, setWords] = useState('');
  const ids = others && others.map((one) => one.operatorId).join(' ');

  const tell = useEffectEvent(() => {
    const now = new Set(others?.map((one) => one.operatorId));
    const { joined, left } = comings(told.current ?? now, now);
    told.current = now;
    const names = (these: string[]) => new Intl.ListFormat(locale).format(these.map(nameOf));
    const sentences = [
      joined.length > 0 && t('joined', { names: names(joined) }),
      left.length > 0 && t('left', { names: names(left) }),
    ];
    setWords(sentences.filter(Boolean).join(' '));
  });

  useEffect(() => {
    if (ids === null) return;
    // Those who were here first are told by their faces.
    if (told.current === null) return tell();
    const timer = setTimeout(() => tell(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [ids]);

  return (
    <p aria-live="polite" className="unseen">
      {words}
    </p>
  );
}
