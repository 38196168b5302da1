import { controlHttp } from './client/control-http.ts';
import { customerOn, type Customer } from './client/customer.ts';
import { waitFor, type Within } from './client/waiting.ts';
import type { ActOutcome } from './control/chat-routes.ts';
import type { Conditions } from './faults/conditions.ts';
import type { NewFault } from './faults/faults.ts';
import type { WebhookAnswer } from './webhooks/posting.ts';
import type { WireEntry } from './wire-log.ts';
import type { ChannelFace, ChannelSettings } from './world/channels.ts';
import type { ContentState } from './world/contents.ts';
import type { Delivery } from './world/deliveries.ts';
import type { NewPerson, Person } from './world/people.ts';
import type { PersonMessage } from './world/acts.ts';

export type { Within } from './client/waiting.ts';

type Planned<K extends NewFault['kind']> = Omit<Extract<NewFault, { kind: K }>, 'kind'>;

/** Who sends what in a batch: a text, or any message. */
export type BatchItem = readonly [customer: Customer, message: string | PersonMessage];

/** A pretend LINE, from the outside: its people, its faults, its memory. */
export type SimulatorClient = {
  /** Adds a person (a friend of every channel unless `friend: false`), to chat with `channelId` or the first channel. */
  customer: (person: NewPerson, options?: { channelId?: string }) => Promise<Customer>;
  addChannel: (settings: ChannelSettings) => Promise<ChannelFace>;

  /** The next `times` (1) calls of `endpoint` (push) are refused with `status` (500). */
  failNext: (fault?: Planned<'fail'>) => Promise<void>;
  /** The next calls take effect; then the connection is reset, or 500 is answered. */
  acceptThenDrop: (fault?: Planned<'acceptThenDrop'>) => Promise<void>;
  /** The next calls have no effect and are never answered. */
  hang: (fault?: Planned<'hang'>) => Promise<void>;
  /** Changes what holds until it is changed again: delay, wrong signatures, redelivery, the cut line, … */
  conditions: (change?: Partial<Conditions>) => Promise<Conditions>;
  /** Every webhook is sent twice from now on, or once again with `false`. */
  duplicate: (on?: boolean) => Promise<void>;
  /** No faults are planned any more, and the weather is fair. */
  calm: () => Promise<void>;

  /** Sends an event again now, marked as a redelivery. */
  redeliver: (webhookEventId: string) => Promise<WebhookAnswer>;
  /** Several people's messages in one webhook call, to the first customer's channel; shuffled, the last comes first. */
  batch: (items: readonly BatchItem[], options?: { shuffle?: boolean }) => Promise<ActOutcome[]>;
  /** Posts these bytes to a webhook. Signed rightly unless `signature` says otherwise; `null` leaves it out. */
  sendRaw: (
    body: string | object,
    options?: { signature?: string | null; channelId?: string },
  ) => Promise<WebhookAnswer>;
  /** What LINE says of a message's content from now on. */
  content: (messageId: string, state: ContentState) => Promise<void>;

  /** Every accepted push and reply after number `after` (0), oldest first. */
  deliveries: (options?: { after?: number }) => Promise<Delivery[]>;
  /** What crossed the wire after number `after` (0), oldest first; the newest `WIRE_LOG_LIMIT` are kept. */
  wire: (options?: { after?: number }) => Promise<WireEntry[]>;
  /** The first line of the wire log for which `isIt` holds, waiting for it if it has not come yet. */
  wireShows: (isIt: (entry: WireEntry) => boolean, options?: Within & { after?: number }) => Promise<WireEntry>;
};

/** A client for the simulator at `url`, over HTTP. It holds no connection open and needs no closing. */
export function connectSimulator(url: string): SimulatorClient {
  const http = controlHttp(url);
  const plan = async (fault: NewFault) => void (await http.send('POST', '/faults', fault));
  const conditions = (change: Partial<Conditions> = {}) => http.send<Conditions>('PATCH', '/conditions', change);
  const at = (channelId: string) => `/channels/${encodeURIComponent(channelId)}`;

  async function firstChannelId(): Promise<string> {
    const { channels } = await http.get<{ channels: ChannelFace[] }>('/channels');
    if (!channels[0]) throw new Error('The simulator has no channel yet');
    return channels[0].id;
  }

  return {
    async customer(person, { channelId } = {}) {
      const added = await http.send<Person>('POST', '/people', person);
      return customerOn(http, added, channelId ?? (await firstChannelId()));
    },
    addChannel: (settings) => http.send('POST', '/channels', settings),

    failNext: (fault = {}) => plan({ kind: 'fail', ...fault }),
    acceptThenDrop: (fault = {}) => plan({ kind: 'acceptThenDrop', ...fault }),
    hang: (fault = {}) => plan({ kind: 'hang', ...fault }),
    conditions,
    duplicate: async (on = true) => void (await conditions({ duplicate: on })),
    async calm() {
      await Promise.all([http.send('DELETE', '/faults'), http.send('DELETE', '/conditions')]);
    },

    redeliver: (webhookEventId) => http.send('POST', '/redeliveries', { webhookEventId }),
    async batch(items, { shuffle = false } = {}) {
      const channelId = items[0]?.[0].channelId ?? (await firstChannelId());
      const deeds = items.map(([{ userId }, message]) => ({
        userId,
        deed: { act: 'send', message: typeof message === 'string' ? { type: 'text', text: message } : message },
      }));
      const sent = { items: deeds, shuffle };
      return (await http.send<{ outcomes: ActOutcome[] }>('POST', `${at(channelId)}/batches`, sent)).outcomes;
    },
    async sendRaw(body, { channelId, signature } = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const path = `${at(channelId ?? (await firstChannelId()))}/raw`;
      return http.send('POST', path, { body: text, signature });
    },
    content: async (messageId, state) => void (await http.send('PUT', `/contents/${messageId}`, { state })),

    async deliveries({ after = 0 } = {}) {
      const all: Delivery[] = [];
      for (;;) {
        const from = all.at(-1)?.seq ?? after;
        const { deliveries } = await http.get<{ deliveries: Delivery[] }>(`/deliveries?after=${from}`);
        if (deliveries.length === 0) return all;
        all.push(...deliveries);
      }
    },
    wire: async ({ after = 0 } = {}) => (await http.get<{ entries: WireEntry[] }>(`/wire?after=${after}`)).entries,
    async wireShows(isIt, { after = 0, ...within } = {}) {
      let seen = after;
      const look = async (waitMs: number) => {
        const { entries } = await http.get<{ entries: WireEntry[] }>(`/wire?after=${seen}&waitMs=${waitMs}`);
        seen = entries.at(-1)?.seq ?? seen;
        return entries.find(isIt);
      };
      return waitFor(look, within, () => 'The wire has not shown that');
    },
  };
}
