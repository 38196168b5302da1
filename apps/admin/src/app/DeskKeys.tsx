import type { InboxView } from '@sala/contracts';
import { useNavigate } from '@tanstack/react-router';
import { armChord, useKeys } from '../lib/keys.ts';

/** The keys that work anywhere on the desk. */
export function DeskKeys({ showShortcuts }: { showShortcuts: () => void }) {
  const navigate = useNavigate();
  const goTo = (view: InboxView) => () => void navigate({ to: '/inbox/$view', params: { view } });

  useKeys({
    KeyG: armChord,
    'KeyG KeyW': goTo('waiting'),
    'KeyG KeyM': goTo('mine'),
    'KeyG KeyA': goTo('active'),
    'KeyG KeyB': goTo('bot'),
    'KeyG KeyC': goTo('closed'),
    'KeyG KeyS': () => void navigate({ to: '/settings/me' }),
    // Where it is depends on the layout; on most it is shifted.
    '?': showShortcuts,
    'Shift+?': showShortcuts,
    'Shift+Slash': showShortcuts,
    F6: () => walkPanes(1),
    'Shift+F6': () => walkPanes(-1),
  });
  return null;
}

/** Rail, list, room, customer: the next one that is on the screen takes the focus. */
function walkPanes(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + step + panes.length) % panes.length];
  next?.focus();
}
