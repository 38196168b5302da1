import type { Availability } from '@sala/contracts';
import { cx } from './cx.ts';

const looks = {
  online: 'rounded-round bg-leaf',
  /** Square: it must be told from the other without its colour. */
  away: 'rounded-[2px] bg-lamp',
  offline: 'rounded-round inset-ring-2 inset-ring-current',
} satisfies Record<Availability, string>;

/** Whether an operator takes conversations. Decoration: the words stand beside it. */
export function AvailabilityDot({ of, className }: { of: Availability; className?: string }) {
  return (
    <span aria-hidden="true" data-availability={of} className={cx('block size-2.5 shrink-0', looks[of], className)} />
  );
}
