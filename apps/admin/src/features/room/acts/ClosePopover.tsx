import { MAX_NOTE_LENGTH, type RoomView } from '@sala/contracts';
import { CheckCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useKeys } from '../../../lib/keys.ts';
import { useProblemWords } from '../../../lib/problemWords.ts';
import { Button } from '../../../ui/Button.tsx';
import { inputLook } from '../../../ui/inputLook.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { useClose } from './useClose.ts';

export function ClosePopover({ room }: { room: RoomView }) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { run, busy, problem, forget, isAllowed } = useClose(room);
  useKeys({ KeyE: run ? () => setOpen(true) : null });
  if (!isAllowed) return null;

  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    forget();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await run?.(reason))) return;
    setOpen(false);
    setReason('');
  };

  return (
    <Popover
      open={open}
      onOpenChange={show}
      title={t('close.title')}
      trigger={
        <Button
          keyCap="E"
          disabled={!run && !open}
          aria-label={t('acts.closeIt')}
          className="max-pane:w-10 max-pane:bg-transparent max-pane:px-0 max-pane:text-ink-2 max-pane:inset-ring-0"
        >
          <span className="max-pane:hidden">{t('acts.closeIt')}</span>
          <CheckCheck size={20} className="pane:hidden" aria-hidden="true" />
        </Button>
      }
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-2">
        <label className="grid gap-1 text-small text-ink-3">
          {t('close.reason')}
          <input
            value={reason}
            maxLength={MAX_NOTE_LENGTH}
            placeholder={t('close.placeholder')}
            onChange={(event) => setReason(event.target.value)}
            className={inputLook}
          />
        </label>
        {problem && (
          <p role="alert" className="text-small text-laterite-ink">
            {wordsFor(problem)}
          </p>
        )}
        <div className="flex items-center gap-2">
          <span className="flex-1 text-small text-ink-3">{t('close.after')}</span>
          <Button look="go" type="submit" disabled={!run} keyCap="⏎">
            {busy ? t('acts.closing') : t('acts.closeIt')}
          </Button>
        </div>
      </form>
    </Popover>
  );
}
