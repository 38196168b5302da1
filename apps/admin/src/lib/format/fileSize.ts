import type { useFormatter } from 'use-intl';

const STEPS = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** Nothing is shown as smaller than this: a file that is there is not empty. */
const SMALLEST_KB = 0.1;

/** `2.4 MB`, in the reader's figures. */
export function fileSize(bytes: number, format: Pick<ReturnType<typeof useFormatter>, 'number'>): string {
  const kilobytes = Math.max(SMALLEST_KB, bytes / 1000);
  const step = Math.min(STEPS.length - 1, Math.max(0, Math.floor(Math.log10(kilobytes) / 3)));
  return format.number(kilobytes / 1000 ** step, {
    style: 'unit',
    unit: STEPS[step],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
}
