import { LOCALES } from '@sala/contracts';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { LOCALE_NAMES } from '../../lib/i18n/locale.ts';
import { cx } from '../../ui/cx.ts';
import './pavilion.css';

interface Props {
  title: string;
  lead: string;
  /** A phone may leave the lead out. */
  isLeadOptional?: boolean;
  children: ReactNode;
}

/** The elevation of a sala: slab, two posts, the lit floor, the ground line. What stands on the floor comes in. */
export function Pavilion({ title, lead, isLeadOptional = false, children }: Props) {
  const t = useTranslations('signIn');
  const { locale, choose } = useLanguage();
  useEffect(() => {
    document.title = t('title');
  }, [t]);

  return (
    <div className="pavilion">
      <header className="pavilion-roof">
        <p className="pavilion-name">
          <b>Sala</b>
          <span lang="th">ศาลา</span>
        </p>
      </header>
      <main className="pavilion-floor">
        <div className="pavilion-words">
          <h1>{title}</h1>
          {/* Where there is little room, what is only said to be kind is left out. */}
          <p data-optional={isLeadOptional || undefined}>{lead}</p>
        </div>
        {children}
        <fieldset className="pavilion-languages">
          <legend className="unseen">{t('language')}</legend>
          {LOCALES.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              aria-pressed={each === locale}
              onClick={() => choose(each)}
              className={cx(
                'py-2 text-small max-pane:min-h-11 max-pane:min-w-11',
                each === locale ? 'font-firm text-ink' : 'text-ink-3 hover:text-ink',
              )}
            >
              {LOCALE_NAMES[each]}
            </button>
          ))}
        </fieldset>
      </main>
      <i className="pavilion-post" />
      <i className="pavilion-post pavilion-post-right" />
      <i className="pavilion-deck" />
    </div>
  );
}
