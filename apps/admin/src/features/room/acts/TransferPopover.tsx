import { MAX_NOTE_LENGTH, type Operator, type RoomView } from '@sala/contracts';
import { ArrowRightLeft } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useKeys } from '../../../lib/keys.ts';
import { useProblemWords } from '../../../lib/problemWords.ts';
import { Button } from '../../../ui/Button.tsx';
import { inputLook } from '../../../ui/inputLook.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { ColleaguePicker } from './ColleaguePicker.tsx';
import { useTransfer } from './useTransfer.ts';

export function TransferPopover({ room }: { room: RoomView }) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const noteField = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState<Operator | null>(null);
  const [note, setNote] = useState('');
  const { run, busy, problem, forget, isAllowed } = useTransfer(room);
  useKeys({ KeyT: run ? () => setOpen(true) : null });
  if (!isAllowed) return null;

  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    setTo(null);
    forget();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!to || !(await run?.({ operatorId: to.operatorId, note }))) return;
    show(false);
    setNote('');
  };
  const holderId = room.head.session?.status === 'ACTIVE' ? room.head.session.operatorId : null;

  return (
    <Popover
      open={open}
      onOpenChange={show}
      title={t('transfer.title')}
      trigger={
        <Button
          keyCap="T"
          disabled={!run && !open}
          aria-label={t('acts.transfer')}
          className="max-pane:w-10 max-pane:bg-transparent max-pane:px-0 max-pane:text-ink-2 max-pane:inset-ring-0"
        >
          <span className="max-pane:hidden">{t('acts.transfer')}</span>
          <ArrowRightLeft size={20} className="pane:hidden" aria-hidden="true" />
        </Button>
      }
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-2">
        <ColleaguePicker except={holderId} chosen={to} choose={setTo} goOn={() => noteField.current?.focus()} />
        <label className="grid gap-1 text-small text-ink-3">
          {t('transfer.note')}
          <input
            ref={noteField}
            value={note}
            maxLength={MAX_NOTE_LENGTH}
            onChange={(event) => setNote(event.target.value)}
            className={inputLook}
          />
        </label>
        {problem && (
          <p role="alert" className="text-small text-laterite-ink">
            {wordsFor(problem)}
          </p>
        )}
        <Button look="go" type="submit" disabled={!run || !to} keyCap="⏎" className="justify-self-end">
          {busy ? t('acts.transferring') : t('acts.transfer')}
        </Button>
      </form>
    </Popover>
  );
}
