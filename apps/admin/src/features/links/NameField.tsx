import type { UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Field } from '../../ui/Field.tsx';
import type { NewAccount } from './NewPasswordFields.tsx';

/** What colleagues call one. */
export function NameField({ form }: { form: UseFormReturn<NewAccount> }) {
  const t = useTranslations('links');
  return (
    <Field
      label={t('name')}
      autoComplete="name"
      maxLength={100}
      error={form.formState.errors.name && t('nameMissing')}
      {...form.register('name', { validate: (name) => name.trim() !== '' })}
    />
  );
}
