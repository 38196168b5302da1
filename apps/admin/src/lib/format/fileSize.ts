import type { useFormatter } from 'use-intl';

const STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `2.4 MB`, in the reader's figures. */
export function fileSize(bytes: number, format: Pick<ReturnType<typeof useFormatter>, 'number'>): string {
  const step = Math.min(STEPS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return format.number(bytes / 1000 ** step, {
    style: 'unit',
    unit: STEPS[step],
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
}
