import { type KeyAdded, may, type OperatorId, Scope } from '@sala/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { accountsQuery } from '../../lib/desk/accounts.ts';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { useUnsaved } from '../../lib/useUnsaved.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { SecretLine } from '../../ui/SecretLine.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Why } from '../../ui/Why.tsx';
import { useAddKey } from './keysQuery.ts';

const DAYS = ['7', '30', '90', '180', '365'] as const;

/** Makes a key, and then shows its secret, once. */
export function AddKeySheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('apiKeys');
  const words = useTranslations('act');
  const nameOf = useOperatorName();
  const [added, setAdded] = useState<KeyAdded | null>(null);
  const [isDirty, setIsDirty] = useState(false);
  const { asking, leave } = useUnsaved(isDirty && !added);

  return (
    <>
      {added ? (
        <Sheet open title={t('secret')} lead={t('secretLead', { name: nameOf(added.key.operatorId) })}>
          <SecretLine label={added.key.name} secret={added.secret} />
          <div className="mt-4 flex justify-end">
            <Button look="go" onClick={onClose}>
              {words('done')}
            </Button>
          </div>
        </Sheet>
      ) : (
        <Sheet open onClose={() => leave(onClose)} title={t('add')} focusesItself>
          <KeyForm onAdded={setAdded} onDirty={setIsDirty} cancel={() => leave(onClose)} />
        </Sheet>
      )}
      {asking}
    </>
  );
}

interface FormProps {
  onAdded: (added: KeyAdded) => void;
  onDirty: (isDirty: boolean) => void;
  cancel: () => void;
}

function KeyForm({ onAdded, onDirty, cancel }: FormProps) {
  const t = useTranslations('apiKeys');
  const words = useTranslations('act');
  const me = useMe();
  const owners = useOwners();
  const [ownerId, setOwnerId] = useState<OperatorId>(me.operatorId);
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const [scopes, setScopes] = useState<Scope[]>(['read']);
  const { run, busy, problem } = useAddKey();
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { name: '' } });

  useEffect(() => setFocus('name'), [setFocus]);
  const submit = handleSubmit(async ({ name }) => {
    if (scopes.length === 0) return;
    const whose = ownerId === me.operatorId ? {} : { operatorId: ownerId };
    const added = await run?.({ name: name.trim(), scopes, days: Number(days), ...whose });
    if (added) onAdded(added);
  });
  const toggle = (scope: Scope) =>
    setScopes((held) => (held.includes(scope) ? held.filter((one) => one !== scope) : [...held, scope]));

  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      onChange={() => onDirty(true)}
      className="mt-3 grid gap-3.5"
    >
      <Field
        label={t('name')}
        maxLength={100}
        autoComplete="off"
        error={formState.errors.name && t('nameMissing')}
        {...register('name', { validate: (name) => name.trim() !== '' })}
      />
      {owners.length > 1 && (
        <Choice
          label={t('owner')}
          value={ownerId}
          options={owners.map(({ operatorId, name }) => ({ value: operatorId, words: name }))}
          onChoose={setOwnerId}
        />
      )}
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-firm">{t('scopes')}</legend>
        {Scope.options
          .filter((scope) => scope !== 'audit' || may(me, 'audit.read'))
          .map((scope) => (
            <label key={scope} className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 py-1">
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={() => toggle(scope)}
                className="mt-1 accent-khram"
              />
              <span className="first-letter:uppercase">{t(`scope.${scope}`)}</span>
              <span className="col-start-2 text-small text-ink-3">{t(`scopeMore.${scope}`)}</span>
            </label>
          ))}
        {scopes.length === 0 && (
          <p role="alert" className="text-small text-laterite-ink">
            {t('scopeMissing')}
          </p>
        )}
      </fieldset>
      <Choice
        label={t('days')}
        value={days}
        options={DAYS.map((each) => ({ value: each, words: t('daysOf', { n: Number(each) }) }))}
        onChoose={setDays}
      />
      <Why problem={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={cancel}>{words('cancel')}</Button>
        <Button look="go" type="submit" disabled={!run || scopes.length === 0}>
          {busy ? t('adding') : t('addAct')}
        </Button>
      </div>
    </form>
  );
}

/** Whose keys one may make: one's own, and an admin those of operators that programs act as. */
function useOwners(): { operatorId: OperatorId; name: string }[] {
  const me = useMe();
  const accounts = useQuery({ ...accountsQuery, enabled: may(me, 'keys.manage') && may(me, 'operators.manage') });
  return [me, ...(accounts.data ?? []).filter(({ service, banned }) => service && !banned)];
}
