import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import type { WebhookAnswer } from '../webhooks/posting.ts';
import type { WebhookEvent } from '../webhooks/event.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import { act } from '../world/acting.ts';
import { Act } from '../world/acts.ts';
import type { Channel } from '../world/channels.ts';
import { channelNamed, NotHere, personNamed } from './not-here.ts';
import { Reading } from './reading.ts';

const MAX_BATCH = 500;

const ChatParams = z.object({ channelId: z.string(), userId: z.string() });
const ChannelParams = z.object({ channelId: z.string() });
const Batch = z.object({
  items: z
    .array(z.object({ userId: z.string(), deed: Act }))
    .min(1)
    .max(MAX_BATCH),
  /** The events go out in one call either way; shuffled, the last first. */
  shuffle: z.boolean().default(false),
});
const RawWebhook = z.object({
  body: z.string().max(5_000_000),
  signature: z.string().max(1_000).nullable().optional(),
});

/** What became of an act: its event, and how the bot answered the webhook (status 0: not at all). */
export type ActOutcome = Omit<WebhookAnswer, 'latencyMs'> & {
  webhookEventId: string;
  /** `null` for acts that are no message. */
  messageId: string | null;
  timestamp: number;
  replyToken: string | null;
};

/** The chats under /_sim/channels/:channelId. */
export function chatRoutes(api: FastifyInstance, platform: Platform, sender: WebhookSender): void {
  const { chats, lifetime, live, people } = platform;

  api.get('/_sim/channels/:channelId/people/:userId/chat', async (request) => {
    const { channelId, userId } = ChatParams.parse(request.params);
    const { after, waitMs } = Reading.parse(request.query);
    channelNamed(platform, channelId);
    const person = personNamed(platform, userId);
    const grew = () => chats.read(channelId, userId).version > after;
    await live.until(grew, { withinMs: waitMs, signal: lifetime });
    return { ...chats.read(channelId, userId), friendship: people.friendship(channelId, person) };
  });

  api.post('/_sim/channels/:channelId/people/:userId/acts', async (request): Promise<ActOutcome> => {
    const { channelId, userId } = ChatParams.parse(request.params);
    const channel = channelNamed(platform, channelId);
    const event = act(platform, channel, personNamed(platform, userId), Act.parse(request.body));
    const answer = await sender.send(channel, event);
    return outcome(channel, event, answer);
  });

  api.post('/_sim/channels/:channelId/batches', async (request): Promise<{ outcomes: ActOutcome[] }> => {
    const channel = channelNamed(platform, ChannelParams.parse(request.params).channelId);
    const { items, shuffle } = Batch.parse(request.body);
    const now = platform.clock();
    const events = items.map(({ userId, deed }, index) =>
      // One millisecond apart, so that the order in which things happened can be told from their timestamps.
      act(platform, channel, personNamed(platform, userId), { ...deed, at: deed.at ?? now + index }),
    );
    const answer = await sender.sendBatch(channel, shuffle ? events.toReversed() : events);
    return { outcomes: events.map((event) => outcome(channel, event, answer)) };
  });

  api.post('/_sim/redeliveries', async (request): Promise<WebhookAnswer> => {
    const { webhookEventId } = z.object({ webhookEventId: z.string() }).parse(request.body);
    const answer = await sender.redeliver(webhookEventId);
    if (!answer) throw new NotHere(`There is no event ${webhookEventId.slice(0, 64)} to send again`);
    return answer;
  });

  api.post('/_sim/channels/:channelId/raw', async (request): Promise<WebhookAnswer> => {
    const channel = channelNamed(platform, ChannelParams.parse(request.params).channelId);
    const { body, signature } = RawWebhook.parse(request.body);
    return sender.sendRaw(channel, Buffer.from(body, 'utf8'), signature);
  });

  function outcome(channel: Channel, event: WebhookEvent, { status, reason }: WebhookAnswer): ActOutcome {
    const { message, replyToken = null, source, timestamp, webhookEventId } = event;
    if (message && source) chats.told(channel.id, source.userId, message.id, { status, reason });
    return { webhookEventId, messageId: message?.id ?? null, timestamp, replyToken, status, reason };
  }
}
