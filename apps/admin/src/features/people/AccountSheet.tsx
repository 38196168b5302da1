import type { Account } from '@sala/contracts';
import { type RefObject, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useUnsaved } from '../../lib/useUnsaved.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Why } from '../../ui/Why.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { useChangeAccount } from './usePeopleActs.ts';

interface Props {
  account: Account;
  onClose: () => void;
  returnsTo: RefObject<HTMLElement | null>;
}

/** Somebody's name and role, changed. */
export function AccountSheet({ account, onClose, returnsTo }: Props) {
  const t = useTranslations('people');
  const act = useTranslations('act');
  const [role, setRole] = useState(account.role);
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { name: account.name } });
  useEffect(() => setFocus('name'), [setFocus]);
  const { run, busy, problem } = useChangeAccount(account.operatorId);
  const { asking, leave } = useUnsaved(formState.isDirty || role !== account.role);
  const close = () => leave(onClose);

  const submit = handleSubmit(async (given) => {
    const name = given.name.trim();
    const change = { ...(name !== account.name && { name }), ...(role !== account.role && { role }) };
    if (Object.keys(change).length === 0 || (await run?.(change))) onClose();
  });
  return (
    <>
      <Sheet open onClose={close} title={t('changeTitle', { name: account.name })} returnsTo={returnsTo} focusesItself>
        <form noValidate onSubmit={(event) => void submit(event)} className="mt-3 grid gap-3.5">
          <Field
            label={t('name')}
            maxLength={100}
            autoComplete="off"
            error={formState.errors.name && t('nameMissing')}
            {...register('name', { validate: (name) => name.trim() !== '' })}
          />
          <RoleChoice role={role} choose={setRole} />
          <Why problem={problem} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>{act('cancel')}</Button>
            <Button look="go" type="submit" disabled={!run}>
              {busy ? act('saving') : act('save')}
            </Button>
          </div>
        </form>
      </Sheet>
      {asking}
    </>
  );
}
