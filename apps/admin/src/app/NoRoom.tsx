import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { KeyCap } from '../ui/KeyCap.tsx';

const keyCap = (words: ReactNode) => <KeyCap className="align-middle">{words}</KeyCap>;

/** The room's place while none is open. */
export function NoRoom() {
  const t = useTranslations('empty');
  return (
    <main
      id="room"
      data-pane="room"
      tabIndex={-1}
      className="col-span-2 grid min-w-0 place-items-center bg-floor px-6 text-ink-3 outline-none max-desk:col-span-1 max-pane:hidden"
    >
      <p>{t.rich('room', { key: keyCap })}</p>
    </main>
  );
}
