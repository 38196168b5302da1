import {
  AssignTeam,
  ClaimRoom,
  CloseRoom,
  FollowRoom,
  FollowRoomPresence,
  RetryMessage,
  Room,
  RoomHistory,
  SendMessage,
  TransferRoom,
  Typing,
} from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import { followRoom } from './room.stream.ts';
import { followRoomPresence } from './roomPresence.stream.ts';
import * as room from './room.ts';

export const roomRouter = router({
  /** A conversation as operators are in it: head, newest messages, how each delivery stands. */
  get: operatorProcedure
    .meta({ scope: 'read' })
    .input(Room)
    .query(({ ctx, input }) => room.get(ctx, input)),
  /** What happened before `before`, in order. */
  history: operatorProcedure
    .meta({ scope: 'read' })
    .input(RoomHistory)
    .query(({ ctx, input }) => room.history(ctx, input)),
  /**
   * Every event after `lastEventId`, gap-free, resumed by itself after a lost connection. While open, the caller is in
   * the room. STALE when the cursor is ahead of the log: then the room is to be fetched again.
   */
  follow: operatorProcedure
    .meta({ scope: 'read' })
    .input(FollowRoom)
    .subscription(({ ctx, input }) => followRoom(ctx, input, ctx.signal)),
  /** Who is in the room, viewing, typing: a snapshot first, then who joins, changes and leaves. */
  presence: operatorProcedure
    .meta({ scope: 'read' })
    .input(FollowRoomPresence)
    .subscription(({ ctx, input }) => followRoomPresence(ctx, input, ctx.signal)),
  /** The caller types, for the next 3 s; or no longer does. */
  typing: operatorProcedure
    .meta({ scope: 'write' })
    .input(Typing)
    .mutation(({ ctx, input }) => room.typing(ctx, input)),
  /** Takes a waiting conversation, or steps in while the bot has it. */
  claim: operatorProcedure
    .meta({ scope: 'write' })
    .input(ClaimRoom)
    .mutation(({ ctx, input }) => room.claim(ctx, input)),
  /** Writes to the customer. Answers when the message is stored; its delivery follows as events. */
  send: operatorProcedure
    .meta({ scope: 'write' })
    .input(SendMessage)
    .mutation(({ ctx, input }) => room.send(ctx, input)),
  /** Sends a failed message once more. */
  retry: operatorProcedure
    .meta({ scope: 'write' })
    .input(RetryMessage)
    .mutation(({ ctx, input }) => room.retry(ctx, input)),
  /** Gives the session to a colleague, at once. */
  transfer: operatorProcedure
    .meta({ scope: 'write' })
    .input(TransferRoom)
    .mutation(({ ctx, input }) => room.transfer(ctx, input)),
  /** Gives the conversation to a team, or to nobody in particular; its session stays with who holds it. */
  assignTeam: operatorProcedure
    .meta({ scope: 'write' })
    .input(AssignTeam)
    .mutation(({ ctx, input }) => room.assignTeam(ctx, input)),
  /** Ends the session; the bot answers the customer again. */
  close: operatorProcedure
    .meta({ scope: 'write' })
    .input(CloseRoom)
    .mutation(({ ctx, input }) => room.close(ctx, input)),
});
