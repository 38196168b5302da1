import { MIN_PASSWORD_LENGTH } from '@sala/contracts';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/live/api.ts';
import { useUnsaved } from '../../lib/useUnsaved.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Why } from '../../ui/Why.tsx';
import { Section } from '../settings/Section.tsx';
import { useSecurityAct } from './securityQuery.ts';

/** One's own password: changed with the one before. */
export function PasswordSection({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations('security');
  const [stage, setStage] = useState<'closed' | 'open' | 'changed'>('closed');
  const button = useRef<HTMLButtonElement>(null);
  const close = (next: 'closed' | 'changed') => {
    setStage(next);
    requestAnimationFrame(() => button.current?.focus());
  };

  return (
    <Section
      title={t('password')}
      lead={hasPassword ? t('passwordLead', { n: MIN_PASSWORD_LENGTH }) : t('none')}
      action={
        hasPassword &&
        stage !== 'open' && (
          <Button ref={button} onClick={() => setStage('open')}>
            {t('change')}
          </Button>
        )
      }
    >
      {stage === 'open' && <PasswordForm onChanged={() => close('changed')} cancel={() => close('closed')} />}
      {stage === 'changed' && <output className="text-leaf-ink">{t('changed')}</output>}
    </Section>
  );
}

function PasswordForm({ onChanged, cancel }: { onChanged: () => void; cancel: () => void }) {
  const t = useTranslations('security');
  const links = useTranslations('links');
  const words = useTranslations('act');
  const { run, busy, problem } = useSecurityAct((given: { current: string; next: string }) =>
    api.me.changePassword.mutate(given),
  );
  const { register, handleSubmit, setFocus, formState, getValues } = useForm({
    defaultValues: { current: '', next: '', again: '' },
  });
  const { errors, isDirty, isSubmitSuccessful } = formState;
  const [isDone, setIsDone] = useState(false);
  const { asking, leave } = useUnsaved(isDirty && !isDone);
  useEffect(() => setFocus('current'), [setFocus]);
  const submit = handleSubmit(async ({ current, next }) => {
    if (!(await run?.({ current, next }))) return;
    setIsDone(true);
    onChanged();
  });
  const isWrong = isSubmitSuccessful && problem?.type === 'refused' && problem.refusal.code === 'INVALID';

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid max-w-88 gap-3.5">
      <Field
        label={t('current')}
        type="password"
        autoComplete="current-password"
        error={isWrong ? t('currentWrong') : undefined}
        {...register('current', { required: true })}
      />
      <Field
        label={t('next')}
        type="password"
        autoComplete="new-password"
        error={errors.next && links('passwordShort', { n: MIN_PASSWORD_LENGTH })}
        {...register('next', { minLength: MIN_PASSWORD_LENGTH, required: true })}
      />
      <Field
        label={links('passwordAgain')}
        type="password"
        autoComplete="new-password"
        error={errors.again && links('passwordOther')}
        {...register('again', { validate: (again) => again === getValues('next') })}
      />
      {!isWrong && <Why problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button look="go" type="submit" disabled={!run}>
          {busy ? words('saving') : t('change')}
        </Button>
        <Button onClick={() => leave(cancel)}>{words('cancel')}</Button>
      </div>
      {asking}
    </form>
  );
}
