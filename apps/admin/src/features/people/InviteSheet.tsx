import { Email, INVITATION_HOURS, type Invited, type Role } from '@sala/contracts';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useUnsaved } from '../../lib/useUnsaved.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { SecretLine } from '../../ui/SecretLine.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Why } from '../../ui/Why.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { useInvite } from './usePeopleActs.ts';

/** Invites somebody, and then shows their link, once. */
export function InviteSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('people');
  const act = useTranslations('act');
  const [invited, setInvited] = useState<Invited | null>(null);
  const [isDirty, setIsDirty] = useState(false);
  const { asking, leave } = useUnsaved(isDirty && !invited);
  const close = () => leave(onClose);

  if (invited) {
    const { name, email } = invited.invitation;
    return (
      <Sheet
        open
        title={t('invited', { name })}
        lead={invited.mailed ? t('mailed', { email }) : t('notMailed', { email })}
      >
        <SecretLine label={t('link')} secret={invited.link} />
        <p className="mt-2 text-small text-ink-3">{t('linkOnce')}</p>
        <div className="mt-4 flex justify-end">
          <Button look="go" onClick={onClose}>
            {act('done')}
          </Button>
        </div>
      </Sheet>
    );
  }
  return (
    <>
      <Sheet open onClose={close} title={t('invite')} lead={t('inviteLead', { n: INVITATION_HOURS })} focusesItself>
        <InviteForm onInvited={setInvited} onDirty={setIsDirty} cancel={close} />
      </Sheet>
      {asking}
    </>
  );
}

interface FormProps {
  onInvited: (invited: Invited) => void;
  onDirty: (isDirty: boolean) => void;
  cancel: () => void;
}

function InviteForm({ onInvited, onDirty, cancel }: FormProps) {
  const t = useTranslations('people');
  const act = useTranslations('act');
  const [role, setRole] = useState<Role>('operator');
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { email: '', name: '' } });
  const { errors, isDirty } = formState;
  useEffect(() => setFocus('email'), [setFocus]);
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const { run, busy, problem } = useInvite();
  const isTaken =
    problem?.type === 'refused' &&
    problem.refusal.code === 'INVALID' &&
    problem.refusal.issues.some(({ code }) => code === 'taken');

  const submit = handleSubmit(async ({ email, name }) => {
    const done = await run?.({ email: email.trim().toLowerCase(), name: name.trim(), role });
    if (done) onInvited(done.output);
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3.5">
      <Field
        label={t('email')}
        type="email"
        autoComplete="off"
        error={errors.email ? t('emailWrong') : isTaken ? t('emailTaken') : undefined}
        {...register('email', { validate: (email) => Email.safeParse(email.trim()).success })}
      />
      <Field
        label={t('name')}
        maxLength={100}
        autoComplete="off"
        error={errors.name && t('nameMissing')}
        {...register('name', { validate: (name) => name.trim() !== '' })}
      />
      <RoleChoice role={role} choose={setRole} />
      {!isTaken && <Why problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={cancel}>{act('cancel')}</Button>
        <Button look="go" type="submit" disabled={!run}>
          {busy ? t('inviting') : t('inviteAct')}
        </Button>
      </div>
    </form>
  );
}
