import { Outlet, useLocation } from '@tanstack/react-router';
import { SettingsNav } from '../features/settings/SettingsNav.tsx';
import { cx } from '../ui/cx.ts';

/** The list of the settings and the open page beside it; on a phone one of the two. */
export function SettingsLayout() {
  const isList = useLocation({ select: ({ pathname }) => /^\/settings\/?$/.test(pathname) });
  return (
    <div
      className={cx(
        'col-span-3 grid min-h-0 min-w-0 grid-cols-[14.5rem_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-desk:col-span-2 max-pane:col-span-1 max-pane:grid-cols-[minmax(0,1fr)]',
      )}
    >
      <SettingsNav className={cx(!isList && 'max-pane:hidden')} />
      <Outlet />
    </div>
  );
}
