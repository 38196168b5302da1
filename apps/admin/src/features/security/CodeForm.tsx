import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { Act } from '../../lib/desk/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Why } from '../../ui/Why.tsx';

interface Props {
  lead: string;
  words: string;
  act: Act<string, unknown>;
  onDone: () => void;
}

/** The first code of the app: proves that it has the secret. */
export function CodeForm({ lead, words, act, onDone }: Props) {
  const t = useTranslations('secondStep');
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { code: '' } });
  useEffect(() => setFocus('code'), [setFocus]);
  const submit = handleSubmit(async ({ code }) => {
    if (await act.run?.(code.replaceAll(/\s/g, ''))) onDone();
  });
  const isWrong = act.problem?.type === 'refused' && act.problem.refusal.code === 'INVALID';
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p className="text-ink-2">{lead}</p>
      <Field
        label={t('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={formState.errors.code ? t('missing') : isWrong ? t('wrong') : undefined}
        {...register('code', { validate: (code) => /^\d{6}$/.test(code.replaceAll(/\s/g, '')) })}
      />
      {!isWrong && <Why problem={act.problem} />}
      <Button look="go" type="submit" disabled={!act.run} className="justify-self-end">
        {words}
      </Button>
    </form>
  );
}
