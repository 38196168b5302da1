import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Pavilion } from '../sign-in/Pavilion.tsx';

/** A link that was used, is too old, or is not whole; and the way on. */
export function BadLink({ more }: { more: string }) {
  const t = useTranslations('links');
  return (
    <Pavilion title={t('bad')} lead={more}>
      <div className="grid content-start gap-3.5">
        <p role="alert" className="text-ink-2 pane:hidden">
          {more}
        </p>
        <Link to="/sign-in" className="link">
          {t('goToSignIn')}
        </Link>
      </div>
    </Pavilion>
  );
}
