import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { signInWithCode } from '../../lib/desk/signIn.ts';
import { Field } from '../../ui/Field.tsx';
import { WideButton } from '../../ui/WideButton.tsx';

interface Props {
  onSignedIn: () => void | Promise<void>;
  startAgain: () => void;
}

/** The code after the password: of the app, or one that was kept for the day the phone is lost. */
export function SecondStep({ onSignedIn, startAgain }: Props) {
  const t = useTranslations();
  const [kind, setKind] = useState<'app' | 'backup'>('app');
  const [failure, setFailure] = useState<'wrong' | 'throttled' | 'unreachable' | null>(null);
  const { register, handleSubmit, formState, setFocus, reset } = useForm({ defaultValues: { code: '' } });
  const { errors, isSubmitting } = formState;
  useEffect(() => setFocus('code'), [setFocus]);

  const submit = handleSubmit(async ({ code }) => {
    setFailure(null);
    const result = await signInWithCode(kind, code.replaceAll(/\s/g, ''));
    if (result === 'ok') return onSignedIn();
    setFailure(result);
    if (result === 'wrong') setFocus('code', { shouldSelect: true });
  });
  const change = () => {
    setKind(kind === 'app' ? 'backup' : 'app');
    setFailure(null);
    reset();
    setFocus('code');
  };
  const words = {
    wrong: kind === 'app' ? t('secondStep.wrong') : t('secondStep.wrongBackup'),
    throttled: t('signIn.throttled'),
    unreachable: t('signIn.unreachable'),
  };

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid content-start gap-3.5">
      <div>
        <h2 className="text-lead font-strong">{t('secondStep.title')}</h2>
        <p className="mt-1 text-ink-2">{kind === 'app' ? t('secondStep.lead') : t('secondStep.backupLead')}</p>
      </div>
      <Field
        label={kind === 'app' ? t('secondStep.code') : t('secondStep.backupCode')}
        inputMode={kind === 'app' ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.code && t('secondStep.missing')}
        {...register('code', { validate: (code) => code.trim() !== '' })}
      />
      {failure && (
        <p role="alert" className="text-laterite-ink">
          {words[failure]}
        </p>
      )}
      <WideButton disabled={isSubmitting}>{isSubmitting ? t('signIn.busy') : t('secondStep.act')}</WideButton>
      <div className="flex flex-wrap justify-between gap-x-4">
        <button type="button" className="link min-h-8 max-pane:min-h-11" onClick={change}>
          {kind === 'app' ? t('secondStep.useBackup') : t('secondStep.useApp')}
        </button>
        <button type="button" className="link min-h-8 max-pane:min-h-11" onClick={startAgain}>
          {t('secondStep.back')}
        </button>
      </div>
    </form>
  );
}
