import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/live/api.ts';
import { problemOf } from '../../lib/problem.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { Pavilion } from '../sign-in/Pavilion.tsx';
import { BadLink } from './BadLink.tsx';
import { isGone, LinkForm, type Newcomer } from './LinkForm.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';

interface Props {
  token: string;
  onDone: (newcomer: Newcomer) => Promise<void>;
}

/** Behind a link for a new password. */
export function ResetPage({ token, onDone }: Props) {
  const t = useTranslations('links');
  const [isBad, setIsBad] = useState(false);
  const meant = useQuery({
    queryKey: ['resetMeant', token],
    queryFn: () => api.account.resetMeant.mutate({ token }),
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
  return (
    <Pavilion title={t('resetTitle')} lead={t('resetLead', { email: meant.data.email })}>
      <LinkForm
        words={t('resetAct')}
        first="password"
        redeem={({ password }) => api.account.reset.mutate({ token, password })}
        onDone={onDone}
        onBad={() => setIsBad(true)}
      >
        {(form) => <NewPasswordFields form={form} />}
      </LinkForm>
    </Pavilion>
  );
}
