import { z } from 'zod';
import { botUserIdFor } from '../ids.ts';

export const MAX_CHANNELS = 100;

export const UserId = z.string().regex(/^U[0-9a-f]{32}$/, 'A user id is U and 32 hexadecimal digits');
export const WebhookUrl = z.url({ protocol: /^https?$/ }).max(500);

/** A channel as its owner set it up in the console. */
export const ChannelSettings = z.object({
  id: z.string().min(1).max(64),
  /** Signs the webhooks. */
  secret: z.string().min(1).max(200),
  /** What the bot calls the API with. */
  accessToken: z.string().min(1).max(1_000),
  /** Where webhooks go. Left out, none are sent until the bot sets it. */
  webhookUrl: WebhookUrl.optional(),
  /** The name in the phone's header. */
  name: z.string().min(1).max(100),
  /** The `destination` of its webhooks. Left out, it is made from the id. */
  botUserId: UserId.optional(),
});
export type ChannelSettings = z.input<typeof ChannelSettings>;
export type Channel = ChannelSettings & { botUserId: string };

/** What may be shown of a channel: everything but its secrets. */
export type ChannelFace = Pick<Channel, 'id' | 'name' | 'botUserId'> & { webhookUrl: string | null };

export class Channels {
  readonly #byId = new Map<string, Channel>();

  /** Adds a channel. One with the same id takes the new settings, as when a secret is issued again. */
  put(settings: ChannelSettings): Channel {
    if (!this.#byId.has(settings.id) && this.#byId.size >= MAX_CHANNELS) {
      throw new RangeError(`No more than ${MAX_CHANNELS} channels`);
    }
    const channel = { ...settings, botUserId: settings.botUserId ?? botUserIdFor(settings.id) };
    this.#byId.set(channel.id, channel);
    return channel;
  }

  get(id: string): Channel | undefined {
    return this.#byId.get(id);
  }

  withAccessToken(token: string): Channel | undefined {
    return this.list().find((channel) => channel.accessToken === token);
  }

  list(): Channel[] {
    return [...this.#byId.values()];
  }
}

export function faceOf({ id, name, botUserId, webhookUrl }: Channel): ChannelFace {
  return { id, name, botUserId, webhookUrl: webhookUrl ?? null };
}
