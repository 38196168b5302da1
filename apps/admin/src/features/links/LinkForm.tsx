import { type ReactNode, useEffect, useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useAct } from '../../lib/desk/useAct.ts';
import type { Problem } from '../../lib/problem.ts';
import { WideButton } from '../../ui/WideButton.tsx';
import { Why } from '../../ui/Why.tsx';
import type { NewAccount } from './NewPasswordFields.tsx';

/** Somebody who has just chosen a password: enough to sign in with. */
export interface Newcomer {
  email: string;
  password: string;
}

interface Props {
  words: string;
  name?: string;
  /** Which field is written in first. */
  first: keyof NewAccount;
  /** Does what the link is for; the address that belongs to it comes back. */
  redeem: (given: NewAccount) => Promise<{ email: string }>;
  /** The account is ready. */
  onDone: (newcomer: Newcomer) => Promise<void>;
  /** The link went bad meanwhile. */
  onBad: () => void;
  children: (form: UseFormReturn<NewAccount>) => ReactNode;
}

/** The form behind a link. What it is for happens once; then its page goes on to the desk. */
export function LinkForm({ words, name = '', first, redeem, onDone, onBad, children }: Props) {
  const t = useTranslations('links');
  const form = useForm<NewAccount>({ defaultValues: { email: '', name, password: '', again: '' } });
  const { setFocus, handleSubmit } = form;
  useEffect(() => setFocus(first), [first, setFocus]);
  const [isDone, setIsDone] = useState(false);
  const { run, busy, problem } = useAct(redeem);
  const isBad = isGone(problem);
  useEffect(() => {
    if (isBad) onBad();
  }, [isBad, onBad]);

  const submit = handleSubmit(async (given) => {
    const answer = await run?.(given);
    if (!answer) return;
    setIsDone(true);
    await onDone({ email: answer.email, password: given.password });
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid content-start gap-3.5">
      {children(form)}
      {!isBad && <Why problem={problem} className="text-ui" />}
      <WideButton disabled={!run || isDone}>{busy || isDone ? t('busy') : words}</WideButton>
    </form>
  );
}

/** Used, too old, or never there: the server tells none from another. */
export const isGone = (problem: Problem | null): boolean =>
  problem?.type === 'refused' &&
  ['NOT_FOUND', 'INVALID'].includes(problem.refusal.code) &&
  isAboutLink(problem.refusal);

const isAboutLink = (refusal: Extract<Problem, { type: 'refused' }>['refusal']): boolean =>
  refusal.code !== 'INVALID' || refusal.issues.some(({ path }) => path === 'token' || path === 'code');
