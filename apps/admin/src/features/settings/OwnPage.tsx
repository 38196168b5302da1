import { type Availability, LOCALES } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useChangeSettings, useMe } from '../../lib/desk/me.ts';
import { useAvailabilityOf, useSayAvailability } from '../../lib/desk/presence.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { LOCALE_NAMES } from '../../lib/i18n/locale.ts';
import { MOD } from '../../lib/keys.ts';
import { problemOf } from '../../lib/problem.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Section } from './Section.tsx';
import { SettingsPage } from './SettingsPage.tsx';
import { SoundChoices } from './SoundSheet.tsx';

/** How one likes the desk: the same as in one's menu, with room around it. Kept as soon as it is chosen. */
export function OwnPage() {
  const t = useTranslations();
  const me = useMe();
  return (
    <SettingsPage page="me">
      <Section title={me.name} lead={`${me.email} · ${t(`role.${me.role}`)}`}>
        <OwnAvailability />
      </Section>
      <Look />
      <Section title={t('sound.title')} lead={t('sound.lead')}>
        <div className="-mx-2 max-w-88">
          <SoundChoices />
        </div>
      </Section>
    </SettingsPage>
  );
}

function OwnAvailability() {
  const t = useTranslations('availability');
  const wordsFor = useProblemWords();
  const own = useAvailabilityOf(useMe().operatorId);
  const { say, asked, error } = useSayAvailability();
  const states = ['online', 'away', 'offline'] as const satisfies readonly Availability[];
  return (
    <div className="grid max-w-88 gap-1.5">
      <Choice
        label={t('label')}
        value={asked ?? own ?? ''}
        options={[
          ...(own === null && asked === null ? [{ value: '' as const, words: t('gone') }] : []),
          ...states.map((each) => ({
            value: each,
            words: each === asked && each !== own ? t('asked', { state: t(each) }) : t(each),
          })),
        ]}
        onChoose={(chosen) => chosen !== '' && say(chosen)}
      />
      {error && (
        <p role="alert" className="text-small text-laterite-ink">
          {t('notTaken', { reason: wordsFor(problemOf(error)) })}
        </p>
      )}
    </div>
  );
}

function Look() {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const { choose } = useLanguage();
  const { mutate: change, error } = useChangeSettings();
  const { locale, theme, sendKey } = useMe().settings;
  return (
    <Section title={t('settings.label')}>
      <div className="grid max-w-88 gap-4">
        <Choice
          label={t('settings.language')}
          value={locale ?? 'browser'}
          options={[
            ...LOCALES.map((each) => ({ value: each, words: LOCALE_NAMES[each], lang: each })),
            { value: 'browser' as const, words: t('settings.browser') },
          ]}
          onChoose={(chosen) => {
            const next = chosen === 'browser' ? null : chosen;
            choose(next);
            change({ locale: next });
          }}
        />
        <Choice
          label={t('settings.theme')}
          value={theme}
          options={(['light', 'dark', 'system'] as const).map((each) => ({
            value: each,
            words: t(`settings.${each}`),
          }))}
          onChoose={(chosen) => change({ theme: chosen })}
        />
        <Choice
          label={t('settings.sendKey')}
          value={sendKey}
          options={[
            { value: 'enter', words: t('settings.enter') },
            { value: 'mod-enter', words: t('settings.modEnter', { mod: MOD }) },
          ]}
          onChoose={(chosen) => change({ sendKey: chosen })}
        />
        {error && (
          <p role="alert" className="text-small text-laterite-ink">
            {t('settings.notKept', { reason: wordsFor(problemOf(error)) })}
          </p>
        )}
      </div>
    </Section>
  );
}
