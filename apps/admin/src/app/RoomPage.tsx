import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { CustomerPanel } from '../features/customer/CustomerPanel.tsx';
import { RoomPane } from '../features/room/RoomPane.tsx';
import { roomQuery } from '../features/room/roomQuery.ts';
import { useKeys } from '../lib/keys.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { cx } from '../ui/cx.ts';
import { useGoOn } from './useGoOn.ts';

/** From here on the customer has a place of their own. */
const isOverRoom = () => matchMedia('(max-width: 1199px)').matches;

/** The open conversation, with its customer beside it or, where there is no room for that, over it. */
export function RoomPage() {
  const { view, conversationId } = useParams({ from: '/_desk/inbox/$view/$conversationId' });
  const navigate = useNavigate();
  const goOn = useGoOn(view);
  // The room keeps itself up to date; here it is only looked at.
  const { data: room } = useQuery({ ...roomQuery(conversationId), enabled: false });
  const [isCustomerOpen, setIsCustomerOpen] = useState(false);

  const open = (id: string) =>
    void navigate({ to: '/inbox/$view/$conversationId', params: { view, conversationId: id } });
  const back = () => {
    if (isCustomerOpen && isOverRoom()) setIsCustomerOpen(false);
    else void navigate({ to: '/inbox/$view', params: { view } });
  };
  const toggle = () => setIsCustomerOpen((isOpen) => !isOpen);
  useKeys({ Escape: back, BracketRight: toggle });

  return (
    <>
      <Boundary key={`room-${conversationId}`}>
        <RoomPane
          conversationId={conversationId}
          back={back}
          open={open}
          onLost={(winner) => goOn(conversationId, winner, open)}
          customer={{ isOpen: isCustomerOpen, toggle }}
          className={cx(isCustomerOpen && 'max-pane:invisible')}
        />
      </Boundary>
      <Boundary key={`customer-${conversationId}`}>
        <CustomerPanel
          conversationId={conversationId}
          room={room}
          close={() => setIsCustomerOpen(false)}
          className={cx(
            'max-desk:absolute max-desk:inset-y-0 max-desk:right-0 max-desk:z-10 max-desk:w-80 max-desk:shadow-lift-3',
            'max-pane:left-0 max-pane:w-auto max-pane:shadow-none',
            !isCustomerOpen && 'max-desk:hidden',
          )}
        />
      </Boundary>
    </>
  );
}
