import type { InboxView } from '@sala/contracts';
import { Link } from '@tanstack/react-router';
import { ListFilter } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { VIEWS } from '../../lib/views.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuLink } from '../../ui/Menu.tsx';

/** Every list, with the one that holds all conversations. */
export function ViewMenu({ view }: { view: InboxView }) {
  const t = useTranslations('views');
  return (
    <Menu
      label={t('choose')}
      trigger={
        <Button look="icon" aria-label={t('choose')} aria-pressed={view === 'all'}>
          <ListFilter size={20} />
        </Button>
      }
    >
      {VIEWS.map((each) => (
        <MenuLink key={each} isChosen={each === view} render={<Link to="/inbox/$view" params={{ view: each }} />}>
          {t(each)}
        </MenuLink>
      ))}
    </Menu>
  );
}
