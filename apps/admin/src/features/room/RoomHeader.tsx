import type { RoomView } from '@sala/contracts';
import { ChevronLeft, PanelRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useCustomerName } from '../../lib/desk/customerName.ts';
import { languageOf } from '../../lib/i18n/languageOf.ts';
import { Button } from '../../ui/Button.tsx';
import { Shade } from '../../ui/Shade.tsx';
import { ClosePopover } from './acts/ClosePopover.tsx';
import { TeamMenu } from './acts/TeamMenu.tsx';
import { TransferPopover } from './acts/TransferPopover.tsx';
import { RoomFaces } from './presence/RoomFaces.tsx';
import { RoomSentence } from './RoomSentence.tsx';

interface Props {
  room: RoomView;
  back: () => void;
  customer: { isOpen: boolean; toggle: () => void };
}

export function RoomHeader({ room, back, customer }: Props) {
  const t = useTranslations();
  const { session, customer: person } = room.head;
  const name = useCustomerName()(person);
  const isWaiting = session?.status === 'WAITING';

  return (
    <header className="relative isolate z-10 flex h-(--eave) shrink-0 items-center gap-2 border-b border-line pr-3 pl-5 max-pane:h-[3.75rem] max-pane:gap-0.5 max-pane:pr-1.5 max-pane:pl-0.5">
      {isWaiting && <Shade since={session.since} />}
      <Button look="icon" aria-label={t('desk.back')} onClick={back} className="pane:hidden">
        <ChevronLeft size={20} />
      </Button>
      <div className="min-w-0 flex-1">
        {/* On a phone the list makes way for the room, and takes the other first heading with it. */}
        <h1 className="cut text-read font-strong" lang={languageOf(name)}>
          {name}
        </h1>
        <RoomSentence head={room.head} channel={room.channel.name} />
      </div>
      <RoomFaces conversationId={room.conversationId} />
      <div className="flex shrink-0 items-center gap-2 max-pane:gap-1">
        {isWaiting && (
          <Button keyCap="Esc" onClick={back} className="max-pane:hidden">
            {t('acts.leave')}
          </Button>
        )}
        <TransferPopover room={room} />
        <ClosePopover room={room} />
        <TeamMenu room={room} />
        <Button
          look="icon"
          aria-label={customer.isOpen ? t('customer.hide') : t('customer.open')}
          aria-pressed={customer.isOpen}
          title={`${t('room.customer')}  ]`}
          onClick={customer.toggle}
          className="desk:hidden"
        >
          <PanelRight size={20} />
        </Button>
      </div>
    </header>
  );
}
