import { BoundedLog } from '../bounded-log.ts';
import type { Live } from '../live.ts';
import type { LineMessage } from './chats.ts';

/** How many accepted requests are remembered, so that a load test can compare ledgers. */
export const DELIVERY_LIMIT = 100_000;

/** One accepted push or reply: what reached a phone, or would have. */
export type DeliveryRecord = {
  at: number;
  channelId: string;
  userId: string;
  via: 'push' | 'reply';
  retryKey: string | null;
  requestId: string;
  /** `false` when the person had blocked the account, or had never been in touch. LINE says 200 all the same. */
  delivered: boolean;
  messages: (LineMessage & { id: string })[];
};
export type Delivery = DeliveryRecord & { seq: number };

export class Deliveries {
  readonly #log = new BoundedLog<DeliveryRecord>(DELIVERY_LIMIT);
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  record(delivery: DeliveryRecord): void {
    this.#log.append(delivery);
    this.#live.tell({ type: 'delivery' });
  }

  after(seq: number, count: number): Delivery[] {
    return this.#log.after(seq, count);
  }

  get lastSeq(): number {
    return this.#log.lastSeq;
  }
}
