import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A key, as it is printed. Its meaning is in the words beside it. */
export function KeyCap({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      aria-hidden="true"
      className={cx(
        'inline-flex h-[1.125rem] min-w-[1.125rem] shrink-0 items-center justify-center rounded-mark px-1 font-ui text-micro leading-none font-firm text-ink-3 inset-ring inset-ring-line-2 group-[]/go:text-current group-[]/go:inset-ring-current/45',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
