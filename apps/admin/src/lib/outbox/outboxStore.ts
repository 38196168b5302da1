import type { MessageId, OperatorId } from '@sala/contracts';
import type { OutboxEntry } from './outbox.ts';

/** A message that asks for its place. */
export type Unplaced = Omit<OutboxEntry, 'order' | 'tries' | 'state'>;

/** Whether a message got its place. `full`: its writer has {@link MAX_UNSENT} unsent ones. */
export type Placed = 'kept' | 'full';

/** Where unsent messages have their place. Shared by all tabs of this browser, if the browser can. */
export interface OutboxStore {
  /** The unsent messages of one operator, in order. */
  all(operatorId: OperatorId): Promise<OutboxEntry[]>;
  /** Resolves once the message would survive a crash. Counting and placing are one step, also between tabs. */
  add(message: Unplaced): Promise<Placed>;
  /** Changes one that is still there; what has gone meanwhile stays gone. */
  change(messageId: MessageId, step: (entry: OutboxEntry) => OutboxEntry): Promise<void>;
  remove(messageId: MessageId): Promise<void>;
}

/** The place that a new message gets behind those that are there. */
export const placed = (message: Unplaced, held: readonly OutboxEntry[]): OutboxEntry => ({
  ...message,
  order: (held.at(-1)?.order ?? 0) + 1,
  tries: 0,
  state: { type: 'kept' },
});
