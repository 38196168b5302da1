import type { ComponentProps } from 'react';

/** A word on the roof that can be pressed. */
export function Act(props: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...props}
      className="min-h-6 whitespace-nowrap rounded-control text-roof-ink underline underline-offset-2 max-pane:min-h-8"
    />
  );
}
