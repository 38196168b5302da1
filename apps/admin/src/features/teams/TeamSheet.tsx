import type { OperatorId, Team } from '@sala/contracts';
import { type RefObject, useEffect, useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useOperators } from '../../lib/desk/operators.ts';
import { useUnsaved } from '../../lib/useUnsaved.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { inputLook } from '../../ui/inputLook.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import { Why } from '../../ui/Why.tsx';
import { useSaveTeam } from './useTeamActs.ts';

interface Props {
  /** Null: a new one. */
  team: Team | null;
  onClose: () => void;
  returnsTo?: RefObject<HTMLElement | null>;
}

/** A team's name and who is in it. */
export function TeamSheet({ team, onClose, returnsTo }: Props) {
  const t = useTranslations('teams');
  const act = useTranslations('act');
  const [memberIds, setMemberIds] = useState<OperatorId[]>(team?.memberIds ?? []);
  const [isMoved, setIsMoved] = useState(false);
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { name: team?.name ?? '' } });
  useEffect(() => setFocus('name'), [setFocus]);
  const { run, busy, problem } = useSaveTeam(team?.teamId ?? null);
  const { asking, leave } = useUnsaved(formState.isDirty || isMoved);
  const close = () => leave(onClose);

  const submit = handleSubmit(async ({ name }) => {
    if (await run?.({ name: name.trim(), memberIds })) onClose();
  });
  return (
    <>
      <Sheet open onClose={close} title={team ? t('edit') : t('add')} focusesItself {...(returnsTo && { returnsTo })}>
        <form noValidate onSubmit={(event) => void submit(event)} className="mt-3 grid gap-3.5">
          <Field
            label={t('name')}
            maxLength={100}
            autoComplete="off"
            error={formState.errors.name && t('nameMissing')}
            {...register('name', { validate: (name) => name.trim() !== '' })}
          />
          <Members
            chosen={memberIds}
            toggle={(operatorId) => {
              setIsMoved(true);
              setMemberIds((held) =>
                held.includes(operatorId) ? held.filter((one) => one !== operatorId) : [...held, operatorId],
              );
            }}
          />
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

/** From so many people on, one looks for them by name. */
const FIND_FROM = 8;

function Members({ chosen, toggle }: { chosen: OperatorId[]; toggle: (operatorId: OperatorId) => void }) {
  const t = useTranslations();
  const id = useId();
  const operators = useOperators();
  const [text, setText] = useState('');
  const shown = operators.filter(({ name }) => name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()));
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 font-firm">{t('teams.who')}</legend>
      {operators.length >= FIND_FROM && (
        <>
          <label htmlFor={id} className="unseen">
            {t('people.find')}
          </label>
          <input
            id={id}
            type="search"
            placeholder={t('people.find')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={inputLook}
          />
        </>
      )}
      <div className="max-h-60 overflow-y-auto">
        {shown.map(({ operatorId, name, role }) => (
          <label
            key={operatorId}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-1 hover:bg-hover max-pane:min-h-11"
          >
            <input
              type="checkbox"
              checked={chosen.includes(operatorId)}
              onChange={() => toggle(operatorId)}
              className="accent-khram"
            />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{name}</span>
            <span className="text-small text-ink-3">{t(`role.${role}`)}</span>
          </label>
        ))}
        {shown.length === 0 && <p className="px-1 py-2 text-ink-3">{t('people.nobody')}</p>}
      </div>
    </fieldset>
  );
}
