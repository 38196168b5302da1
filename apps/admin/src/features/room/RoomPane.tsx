import type { ConversationId } from '@sala/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCustomerName } from '../../lib/desk/customerName.ts';
import { useMe } from '../../lib/desk/me.ts';
import { useKeys } from '../../lib/keys.ts';
import { problemOf } from '../../lib/problem.ts';
import { cx } from '../../ui/cx.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { type Winner, useClaim } from './acts/useClaim.ts';
import { BrokenLine } from './BrokenLine.tsx';
import { Composer } from './composer/Composer.tsx';
import { WriteBlocked } from './composer/WriteBlocked.tsx';
import { writingIn } from './composer/writing.ts';
import { MessageList } from './messages/MessageList.tsx';
import { MissedLine } from './MissedLine.tsx';
import { RoomGhost } from './RoomGhost.tsx';
import { RoomHeader } from './RoomHeader.tsx';
import { type Following, useRoom } from './useRoom.ts';

export interface RoomPaneProps {
  conversationId: ConversationId;
  back: () => void;
  open: (conversationId: ConversationId) => void;
  /** A colleague was faster at claiming this one. */
  onLost: (winner: Winner) => void;
  customer: { isOpen: boolean; toggle: () => void };
  className?: string;
}

/** A conversation as operators are in it together, live. */
export function RoomPane({ className, ...props }: RoomPaneProps) {
  const t = useTranslations();
  const { query, room, following } = useRoom(props.conversationId);
  const name = useCustomerName()(room?.head.customer);

  return (
    <main
      id="room"
      aria-label={t('room.label', { name })}
      data-pane="room"
      data-following={following.type}
      tabIndex={-1}
      className={cx('relative flex min-h-0 min-w-0 flex-col bg-floor outline-none', className)}
    >
      {room ? (
        <Room {...props} room={room} following={following} />
      ) : query.isError ? (
        <Trouble
          title={t('room.failedTitle')}
          problem={problemOf(query.error)}
          again={() => void query.refetch()}
          back={props.back}
        />
      ) : (
        <RoomGhost />
      )}
    </main>
  );
}

type RoomProps = RoomPaneProps & { room: NonNullable<ReturnType<typeof useRoom>['room']>; following: Following };

function Room({ room, following, conversationId, back, open, onLost, customer }: RoomProps) {
  const me = useMe();
  const writing = writingIn(room.head, me);
  const [firstWriting] = useState(writing.type);
  const claim = useClaim(room, onLost);
  const claimNow = claim.run ? () => void claim.run?.(undefined) : null;
  useKeys({ KeyC: claimNow });

  return (
    <>
      <RoomHeader room={room} back={back} customer={customer} />
      <MissedLine conversationId={conversationId} open={open} />
      <BrokenLine following={following} />
      <MessageList room={room} />
      {writing.type === 'open' ? (
        <Composer room={room} isLive={following.type === 'live'} takesFocus={firstWriting !== 'open'} />
      ) : (
        <WriteBlocked writing={writing} claim={claim} onClaim={claimNow} />
      )}
    </>
  );
}
