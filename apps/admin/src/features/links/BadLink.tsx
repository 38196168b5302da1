import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Pavilion } from '../sign-in/Pavilion.tsx';

/** A link that was used, is too old, or is not whole; and the way on. */
export function BadLink({ more }: { more: string }) {
  const t = useTranslations('links');
  return (
    <Pavilion title={t('bad')} lead={more}>
      <Link to="/sign-in" className="link self-start justify-self-start">
        {t('goToSignIn')}
      </Link>
    </Pavilion>
  );
}
