import { Email } from '@sala/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/live/api.ts';
import { Field } from '../../ui/Field.tsx';
import { Pavilion } from '../sign-in/Pavilion.tsx';
import { BadLink } from './BadLink.tsx';
import { LinkForm, type Newcomer } from './LinkForm.tsx';
import { NameField } from './NameField.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';

interface Props {
  code: string;
  onDone: (newcomer: Newcomer) => Promise<void>;
}

/** The first page of a desk that has nobody: makes its first admin, with the code the server printed. */
export function SetUpPage({ code, onDone }: Props) {
  const t = useTranslations();
  const [isBad, setIsBad] = useState(false);
  if (code === '') return <BadLink more={t('links.missing')} />;
  if (isBad) return <BadLink more={t('links.badSetUp')} />;
  return (
    <Pavilion title={t('links.setUpTitle')} lead={t('links.setUpLead')}>
      <LinkForm
        words={t('links.setUpAct')}
        first="name"
        redeem={({ name, email, password }) =>
          api.account.setUp.mutate({ code, name: name.trim(), email: email.trim(), password })
        }
        onDone={onDone}
        onBad={() => setIsBad(true)}
      >
        {(form) => (
          <>
            <NameField form={form} />
            <Field
              label={t('signIn.email')}
              type="email"
              autoComplete="username"
              error={form.formState.errors.email && t('signIn.emailMissing')}
              {...form.register('email', { validate: (email) => Email.safeParse(email.trim()).success })}
            />
            <NewPasswordFields form={form} />
          </>
        )}
      </LinkForm>
    </Pavilion>
  );
}
