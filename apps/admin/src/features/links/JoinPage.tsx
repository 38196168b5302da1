import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/live/api.ts';
import { problemOf } from '../../lib/problem.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { Pavilion } from '../sign-in/Pavilion.tsx';
import { BadLink } from './BadLink.tsx';
import { isGone, LinkForm, type Newcomer } from './LinkForm.tsx';
import { NameField } from './NameField.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';

interface Props {
  token: string;
  onDone: (newcomer: Newcomer) => Promise<void>;
}

/** Behind an invitation: who is meant, a name and a password, and in. */
export function JoinPage({ token, onDone }: Props) {
  const t = useTranslations('links');
  const [isBad, setIsBad] = useState(false);
  const meant = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.account.invitation.mutate({ token }),
    enabled: token !== '',
  });
  const problem = meant.error ? problemOf(meant.error) : null;

  if (token === '') return <BadLink more={t('missing')} />;
  if (isBad || isGone(problem)) return <BadLink more={t('badMore')} />;
  if (!meant.data) {
    return (
      <Pavilion title={t('looking')} lead="">
        {problem && <Trouble title={t('bad')} problem={problem} again={() => void meant.refetch()} />}
      </Pavilion>
    );
  }
  const { name, email } = meant.data;
  return (
    <Pavilion title={t('joinTitle', { name })} lead={t('joinLead', { email })}>
      <LinkForm
        words={t('joinAct')}
        name={name}
        first="password"
        redeem={(given) => api.account.join.mutate({ token, name: given.name.trim(), password: given.password })}
        onDone={onDone}
        onBad={() => setIsBad(true)}
      >
        {(form) => (
          <>
            <NameField form={form} />
            <NewPasswordFields form={form} />
          </>
        )}
      </LinkForm>
    </Pavilion>
  );
}
