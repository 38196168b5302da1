import { LOCALES } from '@sala/contracts';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useChangeSettings, useMe } from '../../lib/desk/me.ts';
import { useAvailabilityOf } from '../../lib/desk/presence.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { LOCALE_NAMES } from '../../lib/i18n/locale.ts';
import { MOD, useKeys } from '../../lib/keys.ts';
import { isVouched, useConnection } from '../../lib/live/connection.ts';
import { useKeptCount } from '../../lib/outbox/useOutbox.ts';
import { problemOf } from '../../lib/problem.ts';
import { useProblemWords } from '../../lib/problemWords.ts';
import { AvailabilityDot } from '../../ui/AvailabilityDot.tsx';
import { Avatar } from '../../ui/Avatar.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine, MenuLink } from '../../ui/Menu.tsx';
import { AvailabilityChoice } from './AvailabilityChoice.tsx';
import { SoundSheet } from './SoundSheet.tsx';

interface Props {
  signOut: () => void;
  signOutFailed: boolean;
  showShortcuts: () => void;
  side: 'right' | 'bottom';
}

/** One's own face, with whether one takes conversations; behind it how one likes the desk. */
export function OwnMenu({ signOut, signOutFailed, showShortcuts, side }: Props) {
  const t = useTranslations();
  const wordsFor = useProblemWords();
  const me = useMe();
  const { choose } = useLanguage();
  const kept = useKeptCount();
  const { mutate: change, error } = useChangeSettings();
  const { locale, theme, sendKey, sound } = me.settings;
  const face = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isSoundOpen, setIsSoundOpen] = useState(false);
  const known = useAvailabilityOf(me.operatorId);
  // Colleagues see nobody whose line is broken.
  const availability = isVouched(useConnection()) ? known : null;
  const state = availability && t(`availability.${availability}`);
  // The rail and the phone's bar both have this menu; one of them is on the screen.
  useKeys({ 'Shift+KeyA': () => setIsOpen(face.current?.offsetParent !== null) });

  return (
    <>
      <Menu
        label={t('settings.label')}
        side={side}
        align="end"
        open={isOpen}
        onOpenChange={setIsOpen}
        trigger={
          <button
            ref={face}
            type="button"
            aria-label={[t('desk.you', { name: me.name }), state].filter(Boolean).join(' · ')}
            title={state ? `${state}  ⇧A` : undefined}
            className="relative grid size-10 place-items-center rounded-[28%] -outline-offset-2 focus-visible:outline-roof-ink"
          >
            <Avatar id={me.operatorId} name={me.name} of="operator" className="size-9" />
            <AvailabilityDot
              of={availability ?? 'offline'}
              className="absolute -right-px -bottom-px bg-clip-padding outline-2 outline-roof"
            />
          </button>
        }
      >
        <div className="px-2.5 pt-1.5 pb-2">
          <p className="cut max-w-64 font-strong">{me.name}</p>
          <p className="cut max-w-64 text-small text-ink-3">
            {me.email} · {t(`role.${me.role}`)}
          </p>
        </div>
        <MenuLine />
        <AvailabilityChoice />
        <MenuLine />
        <MenuChoice
          label={t('settings.language')}
          value={locale ?? 'browser'}
          options={[
            ...LOCALES.map((each) => ({ value: each as string, words: LOCALE_NAMES[each], lang: each as string })),
            { value: 'browser', words: t('settings.browser') },
          ]}
          onChoose={(chosen) => {
            const next = LOCALES.find((each) => each === chosen) ?? null;
            choose(next);
            change({ locale: next });
          }}
        />
        <MenuChoice
          label={t('settings.theme')}
          value={theme}
          options={[
            { value: 'light', words: t('settings.light') },
            { value: 'dark', words: t('settings.dark') },
            { value: 'system', words: t('settings.system') },
          ]}
          onChoose={(chosen) => change({ theme: chosen })}
        />
        <MenuChoice
          label={t('settings.sendKey')}
          value={sendKey}
          options={[
            { value: 'enter', words: t('settings.enter') },
            { value: 'mod-enter', words: t('settings.modEnter', { mod: MOD }) },
          ]}
          onChoose={(chosen) => change({ sendKey: chosen })}
        />
        {error && (
          <p role="alert" className="max-w-64 px-2.5 pb-2 text-small text-laterite-ink">
            {t('settings.notKept', { reason: wordsFor(problemOf(error)) })}
          </p>
        )}
        <MenuLine />
        <MenuItem onClick={() => setIsSoundOpen(true)}>
          {t('sound.item', { scope: t(`sound.${sound.scope}`) })}
        </MenuItem>
        <MenuLink render={<Link to="/settings" />}>{t('pages.all')}</MenuLink>
        <MenuItem onClick={showShortcuts}>{t('settings.shortcuts')}</MenuItem>
        <MenuItem onClick={signOut}>{t('settings.signOut')}</MenuItem>
        {kept > 0 && <p className="max-w-64 px-2.5 pb-2 text-small text-ink-3">{t('outbox.staysHere', { n: kept })}</p>}
        {signOutFailed && (
          <p role="alert" className="max-w-64 px-2.5 pb-2 text-small text-laterite-ink">
            {t('settings.stillIn')}
          </p>
        )}
      </Menu>
      <SoundSheet open={isSoundOpen} onClose={() => setIsSoundOpen(false)} returnsTo={face} />
    </>
  );
}
