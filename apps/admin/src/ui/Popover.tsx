import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: ReactElement;
  /** Names the popover for those who cannot see it. */
  title: string;
  children: ReactNode;
}

/** Something to fill in, hung from the button that asks for it. Esc closes it, focus comes back. */
export function Popover({ open, onOpenChange, trigger, title, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side="bottom" align="end" sideOffset={6} collisionPadding={8} className="z-20">
          <Base.Popup
            aria-label={title}
            className="w-80 max-w-[calc(100vw-1rem)] rounded-sheet bg-floor p-3 text-ink shadow-lift-2 outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
