import { useForm } from 'react-hook-form';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { signIn, type SignInResult } from '../../lib/desk/signIn.ts';
import { Field } from '../../ui/Field.tsx';
import { WideButton } from '../../ui/WideButton.tsx';

interface Props {
  onSignedIn: () => void | Promise<void>;
  onCodeAsked: () => void;
  email: string;
}

export function PasswordStep({ onSignedIn, onCodeAsked, email }: Props) {
  const t = useTranslations('signIn');
  const [failure, setFailure] = useState<Exclude<SignInResult, 'ok' | 'secondStep'> | null>(null);
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { email, password: '' } });
  const { errors, isSubmitting } = formState;

  useEffect(() => setFocus(email === '' ? 'email' : 'password'), [email, setFocus]);

  const submit = handleSubmit(async (given) => {
    setFailure(null);
    const result = await signIn(given.email.trim(), given.password);
    if (result === 'ok') return onSignedIn();
    if (result === 'secondStep') return onCodeAsked();
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
      <WideButton disabled={isSubmitting}>{isSubmitting ? t('busy') : t('act')}</WideButton>
    </form>
  );
}
