import type { ReactNode, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import type { Act } from '../lib/desk/useAct.ts';
import { Button } from './Button.tsx';
import { Sheet } from './Sheet.tsx';
import { Why } from './Why.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  lead: string;
  /** What the button says, and while it is done. */
  words: string;
  busyWords?: string;
  act: Pick<Act<undefined, unknown>, 'run' | 'busy' | 'problem' | 'forget'>;
  /** Calls for a red button. */
  isDangerous?: boolean;
  returnsTo?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}

/** Asks before something that cannot be taken back, says what it does, and stays until the server has done it. */
export function Confirm({ open, onClose, title, lead, words, busyWords, act, isDangerous = true, ...rest }: Props) {
  const t = useTranslations('act');
  const close = () => {
    act.forget();
    onClose();
  };
  const confirm = async () => {
    if ((await act.run?.(undefined)) != null) close();
  };
  return (
    <Sheet open={open} onClose={close} title={title} lead={lead} {...(rest.returnsTo && { returnsTo: rest.returnsTo })}>
      {rest.children}
      <Why problem={act.problem} />
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button look={isDangerous ? 'danger' : 'go'} onClick={act.run && (() => void confirm())}>
          {act.busy ? (busyWords ?? words) : words}
        </Button>
      </div>
    </Sheet>
  );
}
