import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface Props {
  children: ReactNode;
  /** On a filled button the cap takes the button's own ink. */
  isOnFill?: boolean;
  className?: string;
}

/** A key, as it is printed. Its meaning is in the words beside it. */
export function KeyCap({ children, isOnFill = false, className }: Props) {
  return (
    <kbd
      aria-hidden="true"
      className={cx(
        'inline-flex h-[1.125rem] min-w-[1.125rem] shrink-0 items-center justify-center rounded-mark px-1 font-ui text-micro leading-none font-firm text-ink-3 inset-ring inset-ring-line-2',
        isOnFill && 'text-current inset-ring-current/45',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
