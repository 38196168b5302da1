import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** The one act of a page that is only a form. */
export function WideButton({ look = 'go', className, ...rest }: ComponentProps<'button'> & { look?: 'go' | 'plain' }) {
  return (
    <button
      type="submit"
      {...rest}
      className={cx(
        'min-h-[2.625rem] rounded-control px-3 text-center text-read font-firm disabled:opacity-80 max-pane:min-h-12',
        look === 'go'
          ? 'bg-khram text-on-khram hover:bg-khram-hover'
          : 'bg-floor text-ink inset-ring inset-ring-line-2 hover:bg-hover',
        className,
      )}
    />
  );
}
