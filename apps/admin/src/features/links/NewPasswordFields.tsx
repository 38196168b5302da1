import { MIN_PASSWORD_LENGTH } from '@sala/contracts';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Field } from '../../ui/Field.tsx';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
  again: string;
}

/** A password, twice: the second keeps a slip of the finger from locking somebody out. */
export function NewPasswordFields({ form }: { form: UseFormReturn<NewAccount> }) {
  const t = useTranslations('links');
  const { errors } = form.formState;
  return (
    <>
      <Field
        label={t('password')}
        type="password"
        autoComplete="new-password"
        error={errors.password && t('passwordShort', { n: MIN_PASSWORD_LENGTH })}
        {...form.register('password', { required: true, minLength: MIN_PASSWORD_LENGTH })}
      />
      <Field
        label={t('passwordAgain')}
        type="password"
        autoComplete="new-password"
        error={errors.again && t('passwordOther')}
        {...form.register('again', { validate: (again) => again === form.getValues('password') })}
      />
    </>
  );
}
