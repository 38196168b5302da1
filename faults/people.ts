import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type ConversationId, holderOf, type OperatorId, type RoomState } from '@sala/contracts';
import { untilKnown } from './asking.ts';
import type { FollowedRoom } from './following.ts';
import type { Act, Ledger, Sent } from './ledger.ts';
import type { Random } from './random.ts';
import type { Tab } from './tab.ts';

/** Sends a message under an id of the sender's own, again under the same one until its end is known. */
export async function send(
  tab: Tab,
  { ledger, conversationId, text }: { ledger: Ledger; conversationId: ConversationId; text: string },
): Promise<Sent> {
  const { operatorId } = tab.person;
  const messageId = randomUUID();
  const sent = ledger.write<Sent>({
    kind: 'sent',
    writer: tab.name,
    operatorId,
    conversationId,
    messageId,
    text,
    tries: [],
    answer: null,
  });
  const content = { type: 'text' as const, text };
  sent.answer = await untilKnown(() => tab.api.room.send.mutate({ conversationId, messageId, content }), sent.tries);
  return sent;
}

type Deed = Pick<Act, 'kind' | 'conversationId' | 'sessionId'> & { ledger: Ledger; to?: OperatorId };

async function act(tab: Tab, deed: Deed, ask: () => Promise<RoomState>): Promise<Act> {
  const { ledger, to = null, ...rest } = deed;
  const { operatorId } = tab.person;
  const written = ledger.write<Act>({ ...rest, operatorId, to, tries: [], answer: null });
  written.answer = await untilKnown(ask, written.tries);
  return written;
}

/** Claims the session on the screen, or what the bot has. */
export function claim(tab: Tab, ledger: Ledger, { conversationId, view }: FollowedRoom): Promise<Act> {
  const { session } = view.head;
  const sessionId = session?.sessionId ?? null;
  return act(tab, { ledger, kind: 'claimed', conversationId, sessionId }, () =>
    tab.api.room.claim.mutate({ conversationId, ...(sessionId && { sessionId }) }),
  );
}

type Work = {
  tab: Tab;
  rooms: readonly FollowedRoom[];
  colleagues: readonly OperatorId[];
  ledger: Ledger;
  random: Random;
  until: AbortSignal;
};

/** Claims, writes, and sometimes transfers or closes, as what is on the screen suggests, until told to stop. */
export async function keepWorking(work: Work): Promise<void> {
  const { tab, rooms, random, until } = work;
  for (let number = 1; !until.aborted; number += 1) {
    await pause(random.between(60, 350));
    const held = rooms.filter(({ view }) => holderOf(view.head.session) === tab.person.operatorId);
    const room = random.pick(held.length > 0 && random.chance(STAYS) ? held : rooms);
    await chosen(work, room)(work, room, `${tab.name} ${number}`);
  }
}

/** Something that can be done in a room; `text` is what is written, where something is. */
type Doing = (work: Work, room: FollowedRoom, text: string) => Promise<unknown>;

function chosen({ tab, random }: Work, { view }: FollowedRoom): Doing {
  const { session } = view.head;
  if (holderOf(session) === tab.person.operatorId) return random.pick(OF_THE_HOLDER);
  if (session?.status === 'WAITING') return take;
  // Now and then somebody does not look first: that has to be refused.
  return random.pick(OF_OTHERS);
}

const write: Doing = ({ tab, ledger }, { conversationId }, text) => send(tab, { ledger, conversationId, text });

const take: Doing = ({ tab, ledger }, room) => claim(tab, ledger, room);

const giveAway: Doing = ({ tab, ledger, random, colleagues }, { conversationId, view }) => {
  const { sessionId } = view.head.session!;
  const to = random.pick(colleagues);
  return act(tab, { ledger, kind: 'transferred', conversationId, sessionId, to }, () =>
    tab.api.room.transfer.mutate({ conversationId, sessionId, to }),
  );
};

const finish: Doing = ({ tab, ledger }, { conversationId, view }) => {
  const { sessionId } = view.head.session!;
  return act(tab, { ledger, kind: 'closed', conversationId, sessionId }, () =>
    tab.api.room.close.mutate({ conversationId, sessionId }),
  );
};

const nothing: Doing = async () => undefined;

const times = (count: number, doing: Doing): Doing[] => Array.from({ length: count }, () => doing);

/** How often who holds a conversation goes on with it instead of looking around. */
const STAYS = 0.7;

/** Of what a holder does, most is writing; of what others do, most is looking. */
const OF_THE_HOLDER = [...times(12, write), giveAway, finish];
const OF_OTHERS = [...times(8, nothing), write, take];
