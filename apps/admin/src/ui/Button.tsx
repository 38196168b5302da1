import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { KeyCap } from './KeyCap.tsx';

const looks = cva(
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-control px-3 font-firm whitespace-nowrap transition-colors duration-(--quick) max-pane:h-10 disabled:cursor-default aria-disabled:cursor-default',
  {
    variants: {
      look: {
        /** The next act. One on a screen. */
        go: 'bg-khram text-on-khram hover:bg-khram-hover disabled:bg-press disabled:text-ink-off',
        plain:
          'bg-floor text-ink inset-ring inset-ring-line-2 hover:bg-hover disabled:bg-transparent disabled:text-ink-off disabled:inset-ring-line',
        bare: 'px-2 text-ink-2 hover:bg-press disabled:text-ink-off',
        icon: 'w-8 px-0 text-ink-2 hover:bg-press aria-pressed:bg-press aria-pressed:text-ink max-pane:w-10 disabled:text-ink-off',
        /** What cannot be taken back. Only where it is asked for a second time. */
        danger: 'bg-laterite text-on-laterite hover:brightness-95 disabled:bg-press disabled:text-ink-off',
        onRoof: 'bg-roof-hover text-roof-ink',
      },
    },
    defaultVariants: { look: 'plain' },
  },
);

type Props = Omit<ComponentProps<'button'>, 'onClick'> &
  VariantProps<typeof looks> & {
    /** Null: not now. The button shows it by being disabled. */
    onClick?: ComponentProps<'button'>['onClick'] | null;
    /** The key that does the same, printed on the button. */
    keyCap?: string;
    children: ReactNode;
  };

export function Button({ look, onClick, keyCap, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled ?? onClick === null}
      onClick={onClick ?? undefined}
      className={cx(looks({ look }), className)}
    >
      {children}
      {keyCap && (
        <KeyCap isOnFill={look === 'go'} className="-mr-0.5 max-pane:hidden">
          {keyCap}
        </KeyCap>
      )}
    </button>
  );
}
