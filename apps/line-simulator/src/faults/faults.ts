import { z } from 'zod';
import type { Live } from '../live.ts';
import { ENDPOINTS, type Endpoint } from '../wire-log.ts';

const MAX_FAULTS = 100;
const MAX_DELAY_MS = 120_000;

const common = {
  /** Which part of the API goes wrong; `any` for all of it. */
  endpoint: z.enum([...ENDPOINTS, 'any']).default('push'),
  /** How many requests it meets; `null` for every one until it is removed. */
  times: z.int().min(1).max(1_000_000).nullable().default(1),
};

/** Something that goes wrong with calls to the API. */
export const Fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fail'),
    ...common,
    /** The request is refused with this, and has no effect. 502 answers in HTML, as a gateway does. */
    status: z.int().min(400).max(599).default(500),
    /** The `message` of the answer. Left out, what LINE says with this status. */
    message: z.string().max(1_000).optional(),
    /** Milliseconds before the answer. */
    delayMs: z.int().min(0).max(MAX_DELAY_MS).default(0),
  }),
  z.object({
    kind: z.literal('acceptThenDrop'),
    ...common,
    /** The request takes effect; then the connection is reset, 500 is answered, or the answer stalls in its middle. */
    answer: z.union([z.literal('reset'), z.literal(500), z.literal('stall')]).default('reset'),
  }),
  /** The request has no effect and is never answered; the caller has to give up. */
  z.object({ kind: z.literal('hang'), ...common }),
]);
export type Fault = z.infer<typeof Fault>;
export type NewFault = z.input<typeof Fault>;

type Planned = Fault & { id: string };

export class Faults {
  #planned: Planned[] = [];
  #lastId = 0;
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  list(): readonly Planned[] {
    return this.#planned;
  }

  /** Plans a fault. One with the same id is replaced; the oldest wins when two could meet a request. */
  plan(fault: Fault, id = `fault-${(this.#lastId += 1)}`): Planned {
    const others = this.#planned.filter((planned) => planned.id !== id);
    if (others.length >= MAX_FAULTS) throw new RangeError(`No more than ${MAX_FAULTS} faults at a time`);
    const planned = { ...fault, id };
    this.#set([...others, planned]);
    return planned;
  }

  remove(id: string): void {
    this.#set(this.#planned.filter((planned) => planned.id !== id));
  }

  clear(): void {
    this.#set([]);
  }

  /** Takes the fault that meets this request, if there is one, and counts it. */
  meet<K extends Fault['kind']>(endpoint: Endpoint, kinds: readonly K[]): Extract<Fault, { kind: K }> | undefined {
    const met = this.#planned.find(
      (planned) =>
        (kinds as readonly string[]).includes(planned.kind) &&
        (planned.endpoint === 'any' || planned.endpoint === endpoint),
    );
    if (!met) return undefined;
    if (met.times !== null) {
      const left = met.times - 1;
      this.#set(this.#planned.flatMap((one) => (one === met ? (left > 0 ? [{ ...one, times: left }] : []) : [one])));
    }
    return met as Extract<Planned, { kind: K }>;
  }

  #set(planned: Planned[]): void {
    this.#planned = planned;
    this.#live.tell({ type: 'faults' });
  }
}
