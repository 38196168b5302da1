import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useInboxStream } from '../features/inbox/useInboxStream.ts';
import { GivenToast } from '../features/notices/GivenToast.tsx';
import { useNotices } from '../features/notices/useNotices.ts';
import { useOwnLook } from '../features/settings/useOwnLook.ts';
import { ShortcutsSheet } from '../features/shortcuts/ShortcutsSheet.tsx';
import { useSettingsOfOtherTabs } from '../lib/desk/me.ts';
import { usePresenceStream } from '../lib/desk/presence.ts';
import { useOutbox } from '../lib/outbox/useOutbox.ts';
import { DeskKeys } from './DeskKeys.tsx';
import { DeskSounds } from './DeskSounds.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { QueueAnnouncer } from './QueueAnnouncer.tsx';
import { Rail } from './Rail.tsx';
import { SignedOutSheet } from './SignedOutSheet.tsx';
import { useFetchAnewWhenChanged } from './useFetchAnewWhenChanged.ts';
import { useQueueTitle } from './useQueueTitle.ts';
import { useSignInCheck } from './useSignInCheck.ts';
import { useSignOut } from './useSignOut.ts';

/** The roof over everything: places, the open floor, and what lies over them. */
export function Desk() {
  /** A new sign-in begins the desk anew: every stream hangs on the identity it was opened with. */
  const [visit, setVisit] = useState(0);
  const beginAnew = () => setVisit((before) => before + 1);
  useFetchAnewWhenChanged(beginAnew);
  return (
    <>
      <OpenDesk key={visit} />
      <SignedOutSheet onBack={beginAnew} />
    </>
  );
}

function OpenDesk() {
  const t = useTranslations('desk');
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const waiting = useQueueTitle();
  const { signOut, failed } = useSignOut();
  const navigate = useNavigate();
  const openId = useParams({ strict: false }).conversationId ?? null;
  useOwnLook();
  useSettingsOfOtherTabs();
  usePresenceStream();
  useInboxStream('waiting');
  useInboxStream('mine');
  useNotices();
  useSignInCheck();
  useOutbox();
  const own = { waiting, signOut, signOutFailed: failed, showShortcuts: () => setIsSheetOpen(true) };

  return (
    <div className="relative grid h-full grid-cols-[var(--rail)_var(--list)_minmax(0,1fr)_var(--customer)] grid-rows-[minmax(0,1fr)] max-desk:grid-cols-[var(--rail)_var(--list)_minmax(0,1fr)] max-pane:grid-cols-[minmax(0,1fr)] max-pane:grid-rows-[minmax(0,1fr)_auto]">
      <a
        href="#room"
        className="absolute top-2 left-2 z-40 -translate-y-20 rounded-control bg-khram px-3 py-2 text-on-khram focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <Rail {...own} />
      <Outlet />
      <PhoneBar {...own} />
      <GivenToast
        openId={openId}
        open={(conversationId) =>
          void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'mine', conversationId } })
        }
      />
      <DeskSounds openId={openId} />
      <QueueAnnouncer waiting={waiting} />
      <DeskKeys showShortcuts={own.showShortcuts} />
      <ShortcutsSheet open={isSheetOpen} onClose={() => setIsSheetOpen(false)} />
    </div>
  );
}
