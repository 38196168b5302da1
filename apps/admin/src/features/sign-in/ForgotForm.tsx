import { Email, RESET_MINUTES } from '@sala/contracts';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useAct } from '../../lib/desk/useAct.ts';
import { api } from '../../lib/live/api.ts';
import { Field } from '../../ui/Field.tsx';
import { WideButton } from '../../ui/WideButton.tsx';
import { Why } from '../../ui/Why.tsx';

/** Asks for a link for a new password. What it says is the same whether anybody has the address. */
export function ForgotForm({ hasMail, back }: { hasMail: boolean; back: () => void }) {
  const t = useTranslations();
  const { run, busy, problem } = useAct(async (email: string) => {
    await api.account.forgot.mutate({ email });
    return true;
  });
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { email: '' } });
  const { errors, isSubmitSuccessful } = formState;
  useEffect(() => {
    if (hasMail) setFocus('email');
  }, [hasMail, setFocus]);
  const submit = handleSubmit(async ({ email }) => void (await run?.(email.trim())));
  const isSent = isSubmitSuccessful && !busy && problem === null;

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid content-start gap-3.5">
      {!hasMail && <p>{t('otherWays.forgotNoMail')}</p>}
      {hasMail && !isSent && (
        <>
          <p className="text-ink-2">{t('otherWays.forgotLead')}</p>
          <Field
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            error={errors.email && t('signIn.emailMissing')}
            {...register('email', { validate: (email) => Email.safeParse(email.trim()).success })}
          />
          <Why problem={problem} />
          <WideButton disabled={!run}>{busy ? t('links.busy') : t('otherWays.forgotAct')}</WideButton>
        </>
      )}
      {isSent && <output>{t('otherWays.forgotSent', { n: RESET_MINUTES })}</output>}
      <button type="button" className="link min-h-8 justify-self-start max-pane:min-h-11" onClick={back}>
        {t('otherWays.back')}
      </button>
    </form>
  );
}
