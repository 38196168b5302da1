import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { Act } from '../../lib/desk/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Why } from '../../ui/Why.tsx';

interface Props<Output> {
  lead?: string;
  act: Act<string, { output: Output }>;
  /** What the button says. */
  words: string;
  onDone: (output: Output) => void;
  cancel: () => void;
  isDangerous?: boolean;
}

/** Asks for the password before it does something: an open screen alone is not enough. */
export function PasswordFirst<Output>({ lead, act, words, onDone, cancel, isDangerous = false }: Props<Output>) {
  const t = useTranslations();
  const { register, handleSubmit, setFocus } = useForm({ defaultValues: { password: '' } });
  useEffect(() => setFocus('password'), [setFocus]);
  const submit = handleSubmit(async ({ password }) => {
    const done = await act.run?.(password);
    if (done) onDone(done.output);
  });
  const isWrong = act.problem?.type === 'refused' && act.problem.refusal.code === 'INVALID';
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="mt-2 grid gap-3">
      {lead && <p className="text-ink-2">{lead}</p>}
      <p className="text-ink-2">{t('security.passwordFirst')}</p>
      <Field
        label={t('security.password')}
        type="password"
        autoComplete="current-password"
        error={isWrong ? t('security.currentWrong') : undefined}
        {...register('password', { required: true })}
      />
      {!isWrong && <Why problem={act.problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={cancel}>{t('act.cancel')}</Button>
        <Button look={isDangerous ? 'danger' : 'go'} type="submit" disabled={!act.run}>
          {words}
        </Button>
      </div>
    </form>
  );
}
