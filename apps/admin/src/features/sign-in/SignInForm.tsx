import { useForm } from 'react-hook-form';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { signIn, type SignInResult } from '../../lib/desk/signIn.ts';
import { Field } from './Field.tsx';

interface Props {
  onSignedIn: () => void | Promise<void>;
  /** Somebody who was signed in before. */
  email?: string;
}

export function SignInForm({ onSignedIn, email = '' }: Props) {
  const t = useTranslations('signIn');
  const [failure, setFailure] = useState<Exclude<SignInResult, 'ok'> | null>(null);
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { email, password: '' } });
  const { errors, isSubmitting } = formState;

  useEffect(() => setFocus(email === '' ? 'email' : 'password'), [email, setFocus]);

  const submit = handleSubmit(async (given) => {
    setFailure(null);
    const result = await signIn(given.email.trim(), given.password);
    if (result === 'ok') return onSignedIn();
    setFailure(result);
    if (result === 'wrong') setFocus('password', { shouldSelect: true });
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid content-start gap-3.5">
      <Field
        label={t('email')}
        type="email"
        autoComplete="username"
        error={errors.email && t('emailMissing')}
        {...register('email', { required: true })}
      />
      <Field
        label={t('password')}
        type="password"
        autoComplete="current-password"
        error={errors.password && t('passwordMissing')}
        {...register('password', { required: true })}
      />
      {failure && (
        <p role="alert" className="text-laterite-ink">
          {t(failure)}
        </p>
      )}
      <button
        type="submit"
        disabled={isSubmitting}
        className="h-[2.625rem] rounded-control bg-khram text-read font-firm text-on-khram hover:bg-khram-hover disabled:opacity-80 text-center max-pane:h-12"
      >
        {isSubmitting ? t('busy') : t('act')}
      </button>
    </form>
  );
}
