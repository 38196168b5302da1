import type {
  ConversationId,
  MessageId,
  OperatorId,
  RefusalCode,
  RoomEvent,
  RoomState,
  SessionId,
} from '@sala/contracts';

/** How one asking ended. Unknown: no answer, or one that does not say whether it was done. */
export type Try = { is: 'ok' } | { is: 'refused'; code: RefusalCode } | { is: 'unknown'; why: string };

/** A customer's message; `ok` once a webhook with it was answered 2xx. */
export type Said = {
  kind: 'said';
  userId: string;
  text: string;
  lineMessageId: string;
  webhookEventId: string;
  tries: Try[];
};

/**
 * An operator's message, named by the driver. `writer` (a tab) writes one after another in each conversation; `answer` is
 * the event that the desk answered.
 */
export type Sent = {
  kind: 'sent';
  writer: string;
  operatorId: OperatorId;
  conversationId: ConversationId;
  messageId: MessageId;
  text: string;
  tries: Try[];
  answer: RoomEvent | null;
};

/**
 * A claim, a transfer (to `to`) or a close of the session `sessionId`; null for a claim of what the bot has. `answer` is the
 * state that the desk answered.
 */
export type Act = {
  kind: 'claimed' | 'transferred' | 'closed';
  operatorId: OperatorId;
  conversationId: ConversationId;
  sessionId: SessionId | null;
  to: OperatorId | null;
  tries: Try[];
  answer: RoomState | null;
};

export type Stimulus = Said | Sent | Act;

/** What the driver did, in the order in which it began to. */
export class Ledger {
  readonly stimuli: Stimulus[] = [];

  write<T extends Stimulus>(stimulus: T): T {
    this.stimuli.push(stimulus);
    return stimulus;
  }

  get said(): Said[] {
    return this.stimuli.filter((one) => one.kind === 'said');
  }

  get sent(): Sent[] {
    return this.stimuli.filter((one) => one.kind === 'sent');
  }

  get acts(): Act[] {
    return this.stimuli.filter((one): one is Act => one.kind !== 'said' && one.kind !== 'sent');
  }

  /** How many stimuli had an outcome that nobody knew, and have one that is known. */
  get resolved(): number {
    return this.stimuli.filter((one) => one.tries.some(({ is }) => is === 'unknown') && outcomeOf(one) !== 'unresolved')
      .length;
  }
}

/** Refusals that say "not now": the asker asks again, so they decide nothing. */
export const PASSING: ReadonlySet<RefusalCode> = new Set(['NOT_IN_ROOM', 'RATE_LIMITED', 'UNAVAILABLE']);

/** The last word on a stimulus. */
export function outcomeOf({ tries }: Stimulus): 'ok' | 'refused' | 'unresolved' {
  const last = tries.at(-1);
  if (!last || last.is === 'unknown') return 'unresolved';
  if (last.is === 'refused' && PASSING.has(last.code)) return 'unresolved';
  return last.is;
}
