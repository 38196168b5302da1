import {
  AuditPage,
  ChannelView,
  CustomerView,
  InboxCounts,
  InboxPage,
  Me,
  Operator,
  RoomEvent,
  RoomState,
  RoomView,
  type Scope,
  Team,
} from '@sala/contracts';
import type { inferRouterOutputs } from '@trpc/server';
import { z } from 'zod';
import { type AppRouter, appRouter } from '../trpc/appRouter.ts';

/** A procedure as plain HTTP has it. What of its input is not in the path is in the query of a GET, or else in the body. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT';
  /** Below /api/v1; `{conversationId}` stands for that field of the input. */
  path: string;
  /** `inbox.list`; also the operation's name in the description. */
  procedure: string;
  /** What it answers, for the description; answers are not parsed again. */
  answer: z.ZodType;
  about: string;
};

type Outputs = inferRouterOutputs<AppRouter>;
type Answer<P extends string> = P extends `${infer F}.${infer N}`
  ? F extends keyof Outputs
    ? N extends keyof Outputs[F]
      ? Outputs[F][N]
      : never
    : never
  : never;

const route = <const P extends string>(
  procedure: P,
  method: Route['method'],
  path: string,
  answer: z.ZodType<Answer<P>>,
  about: string,
): Route => ({ procedure, method, path, answer, about });

const ROOM = '/conversations/{conversationId}';

/** All that is public. A procedure that is not here is reached over tRPC alone. */
export const ROUTES: readonly Route[] = [
  route('me.get', 'GET', '/me', Me, 'Who the key acts as, and what they may do.'),
  route('inbox.list', 'GET', '/inbox', InboxPage, 'One page of a list: the longest wait first, elsewhere the newest.'),
  route('inbox.counts', 'GET', '/inbox/counts', InboxCounts, 'How many conversations each list holds.'),
  route('room.get', 'GET', ROOM, RoomView, 'A conversation: how it stands, and its newest messages.'),
  route('room.history', 'GET', `${ROOM}/events`, z.array(RoomEvent), 'Events before a number, in order.'),
  route('customer.get', 'GET', `${ROOM}/customer`, CustomerView, 'The customer, and their sessions.'),
  route('room.claim', 'POST', `${ROOM}/claim`, RoomState, 'Takes a conversation. Of several who try, one gets it.'),
  route(
    'room.send',
    'POST',
    `${ROOM}/messages`,
    RoomEvent,
    'Writes to the customer. `messageId` is a UUID of your own: sent again under the same id, it is sent once.',
  ),
  route('room.retry', 'POST', `${ROOM}/messages/{messageId}/retry`, RoomState, 'Sends a failed message once more.'),
  route('room.transfer', 'POST', `${ROOM}/transfer`, RoomState, 'Gives the conversation to a colleague.'),
  route('room.assignTeam', 'PUT', `${ROOM}/team`, RoomState, 'Gives the conversation to a team, or with null to none.'),
  route('room.close', 'POST', `${ROOM}/close`, RoomState, 'Ends the session; the bot answers again.'),
  route('operators.list', 'GET', '/operators', z.array(Operator), 'Everybody on the desk, by name.'),
  route('teams.list', 'GET', '/teams', z.array(Team), 'Every team, with who is in it.'),
  route('channels.list', 'GET', '/channels', z.array(ChannelView), 'The LINE channels, and what their bots say.'),
  route('audit.list', 'GET', '/audit', AuditPage, 'What was done, the newest first; /audit.csv is the same as a file.'),
];

type Defined = { _def: { inputs: z.ZodObject[]; meta?: { scope?: Scope } } };

const defined = (procedure: string) =>
  (appRouter._def.procedures as unknown as Record<string, Defined>)[procedure]!._def;

/** What a procedure is asked with. */
export const inputOf = ({ procedure }: Route): z.ZodObject => defined(procedure).inputs[0] ?? z.strictObject({});

/** What a key needs for it. */
export const scopeOf = ({ procedure }: Route): Scope | undefined => defined(procedure).meta?.scope;

/** The fields of the input that stand in the path. */
export const fieldsInPath = ({ path }: Route): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
