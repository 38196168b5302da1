import type {
  Availability,
  Belonging,
  ConversationId,
  DeskHealth,
  InboxRow,
  Notice,
  Operator,
  OperatorId,
  RoomEvent,
} from '@sala/contracts';

/** Names a running server; another one after every start. */
export type ServerId = string;

/** An operator's own word on whether they take conversations, and when they gave it (milliseconds since 1970). */
export type Word = { availability: Availability; at: number };

/** Where one operator is, as far as one server knows: the tabs that are connected to it, and its own calls. */
export type Attendance = {
  operator: Operator;
  word: Word;
  onDesk: boolean;
  rooms: readonly { conversationId: ConversationId; viewing: boolean }[];
  typingIn: readonly ConversationId[];
};

/** What servers tell each other of who is here. A `roll` is all that its server knows; a `call` asks everybody for theirs. */
export type RollMessage =
  | { type: 'call' }
  | { type: 'roll'; serverId: ServerId; attendances: readonly Attendance[] }
  | { type: 'attends'; serverId: ServerId; attendance: Attendance }
  | { type: 'left'; serverId: ServerId; operatorId: OperatorId }
  /** They no longer type, said to a server that may not be the one which heard that they did. */
  | { type: 'stopped'; operatorId: OperatorId; conversationId: ConversationId };

/** A notice, to whom, and its id; ids sort by time. */
export type Given = { operatorId: OperatorId; id: string; notice: Notice };

/** What opened a connection and does so no more: one sign-in, one key, or an operator who may not be here at all. */
export type Ended = { signInId: string } | { keyId: string } | { operatorId: OperatorId };

/** Something ended, or the role or teams of some are not what they were. */
export type Revoked = Ended | { rightsOf: readonly OperatorId[] };

/** What is said on each topic. All of it is in the database or said again soon: a message lost, doubled or late harms nobody. */
export type Topics = {
  /** Events just recorded in one conversation, contiguous. The topic's key is the conversation. */
  room: { conversationId: ConversationId; events: readonly RoomEvent[] };
  /** A conversation's row changed; `before` is whose it was and how its session stood (nothing, when it is new), so that lists which lose it can tell. */
  inbox: { row: InboxRow; before: Belonging | null };
  /** Who is here. Its key is the desk. */
  roll: RollMessage;
  /** Somebody was added to the desk. Its key is the desk. */
  people: { operatorId: OperatorId };
  /** A setting of the desk changed: it is read anew. Its key is the desk. */
  settings: { changed: true };
  /** Something for one operator alone. Its key is the desk. */
  notice: Given;
  /** Somebody may not be connected any more, or not as who they were. Its key is the desk. */
  revoked: Revoked;
};

/**
 * Tells everybody who listens, on every server, what has just happened. A hint, never the only copy: whoever misses one
 * finds the same in the log. Listening has begun by the time `listen` returns. Every listening ends with its answer.
 */
export interface Bus {
  readonly serverId: ServerId;
  publish<T extends keyof Topics>(topic: T, key: string, message: Topics[T]): void;
  /** Calls `heard` for each message under the key until the answer is called. */
  listen<T extends keyof Topics>(topic: T, key: string, heard: (message: Topics[T]) => void): () => void;
  /** Whether this server hears the others. Alone by design, it is whole. */
  readonly health: DeskHealth;
  onHealth(heard: (health: DeskHealth) => void): () => void;
  /** Messages of other servers may have been missed: whoever follows something looks for itself. */
  onGap(heard: () => void): () => void;
  /** Another server is gone, with or without goodbye: what it said of who is here holds no longer. */
  onGone(heard: (serverId: ServerId) => void): () => void;
  /** Something may have been recorded and not been said: everybody looks, here and on the other servers. */
  doubt(): void;
  /**
   * Resolves with whether everything that others said until now has been heard. Not when this server does not hear
   * itself within `ms`, or when another one fell silent a while ago and may be alive all the same.
   */
  hasHeardAll(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The key of topics that concern the whole desk. */
export const DESK = 'desk';
