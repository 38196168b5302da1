import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { KeyCap } from './KeyCap.tsx';

/** The name and key of something that shows neither. */
export function Tip({ words, keyCap, children, side = 'right' }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} delay={400} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={8} className="z-40">
          <Tooltip.Popup className="flex items-center gap-2 rounded-control bg-floor px-2 py-1 text-small text-ink shadow-lift-1">
            {words}
            {keyCap && <KeyCap>{keyCap}</KeyCap>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

interface TipProps {
  words: ReactNode;
  keyCap?: string;
  side?: 'right' | 'bottom' | 'top';
  children: ReactElement;
}
