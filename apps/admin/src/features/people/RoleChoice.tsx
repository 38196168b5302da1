import { Role } from '@sala/contracts';
import { useId } from 'react';
import { useTranslations } from 'use-intl';

/** A role, with what it lets somebody do. */
export function RoleChoice({ role, choose }: { role: Role; choose: (role: Role) => void }) {
  const t = useTranslations();
  const group = useId();
  return (
    <fieldset className="grid gap-0.5">
      <legend className="pb-1 font-firm">{t('people.role')}</legend>
      {Role.options.map((each) => (
        <label key={each} className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 py-1">
          <input
            type="radio"
            name={group}
            checked={each === role}
            onChange={() => choose(each)}
            className="mt-1 accent-khram"
          />
          <span className="first-letter:uppercase">{t(`role.${each}`)}</span>
          <span className="col-start-2 text-small text-ink-3">{t(`people.roleMore.${each}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
