import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';

interface Props {
  open: boolean;
  /** Missing: the sheet cannot be dismissed. */
  onClose?: () => void;
  title: string;
  lead?: string;
  wide?: boolean;
  /** What is in it takes the focus itself. */
  focusesItself?: boolean;
  /** Has the focus when the sheet is gone, where what opened it is gone, too. */
  returnsTo?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A sheet over the desk, with everything behind it at rest. */
export function Sheet({ open, onClose, title, lead, wide = false, focusesItself = false, returnsTo, children }: Props) {
  const t = useTranslations('desk');
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose?.()} disablePointerDismissal={!onClose}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-[color-mix(in_oklch,var(--scrim)_var(--scrim-alpha),transparent)]" />
        <Dialog.Popup
          ref={popup}
          initialFocus={focusesItself ? false : popup}
          finalFocus={returnsTo}
          className={cx(
            'fixed top-[12dvh] left-1/2 z-30 max-h-[80dvh] w-[calc(100vw-1.5rem)] -translate-x-1/2 overflow-y-auto rounded-sheet bg-floor p-6 text-ink shadow-lift-3 outline-none',
            wide ? 'max-w-[52rem]' : 'max-w-[24rem]',
          )}
        >
          <Dialog.Title className="pr-10 text-lead font-strong">{title}</Dialog.Title>
          {onClose && (
            <Button look="icon" aria-label={t('close')} onClick={onClose} className="absolute top-4 right-4">
              <X size={20} />
            </Button>
          )}
          {lead && <Dialog.Description className="mt-1 mb-4 text-ink-2">{lead}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
