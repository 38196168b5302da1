import { Unassigned } from '@sala/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { deskSettingsQuery } from '../../lib/desk/deskSettings.ts';
import { Why } from '../../ui/Why.tsx';
import { Loaded } from '../settings/Loaded.tsx';
import { Section } from '../settings/Section.tsx';
import { useChangeDeskSettings } from './useTeamActs.ts';

/** Who sees the conversations of no team. */
export function SeesUnassigned() {
  const t = useTranslations('teams');
  const group = useId();
  const settings = useQuery({ ...deskSettingsQuery, refetchOnMount: 'always' });
  const { run, problem } = useChangeDeskSettings();
  return (
    <div className="mt-6">
      <Section title={t('unassigned')}>
        <Loaded query={settings}>
          {({ unassigned }) => (
            <fieldset className="grid gap-0.5" disabled={!run}>
              <legend className="unseen">{t('unassigned')}</legend>
              {Unassigned.options.map((each) => (
                <label key={each} className="flex min-h-8 cursor-pointer items-center gap-2.5 max-pane:min-h-11">
                  <input
                    type="radio"
                    name={group}
                    checked={each === unassigned}
                    onChange={() => void run?.({ unassigned: each })}
                    className="accent-khram"
                  />
                  {t(each)}
                </label>
              ))}
            </fieldset>
          )}
        </Loaded>
        <Why problem={problem} />
      </Section>
    </div>
  );
}
