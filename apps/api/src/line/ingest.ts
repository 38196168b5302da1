import type { ChannelId, ConversationId } from '@sala/contracts';
import type { z } from 'zod';
import type { Channel } from '../channels/channelBook.ts';
import type { Deps } from '../deps.ts';
import { conversationWith } from './conversations.ts';
import type { StoredEvent } from './eventStore.ts';
import { LineEvent, sourceOf } from './lineEvent.ts';
import { recordingOf } from './record.ts';

/**
 * Records stored events: those of one conversation in the order in which they happened, different conversations side
 * by side. An event that cannot be understood is set aside with the reason; one that fails for another cause stays
 * pending for the sweep. Never throws; answers the ids of those that failed.
 */
export async function ingest(deps: Deps, channel: Channel, stored: readonly StoredEvent[]): Promise<string[]> {
  const { channelId } = channel;
  const failed: string[] = [];
  const taken = inOrder(stored).map(async (one) => {
    const { webhookEventId } = one;
    try {
      const event = LineEvent.safeParse(one.payload);
      if (!event.success) return await setAside(deps, channelId, webhookEventId, whereWrong(event.error));
      const source = sourceOf(event.data);
      await deps.intake.take(
        { id: `${channelId}:${webhookEventId}`, lane: `${channelId}:${source.lineId}` },
        {
          prepare: async () => one.conversationId ?? (await conversationWith(deps, channelId, source)),
          record: (conversationId) => record(deps, channel, { webhookEventId, conversationId, event: event.data }),
        },
      );
    } catch (error) {
      deps.log.error({ err: error, channelId, webhookEventId }, 'an event stays pending');
      failed.push(webhookEventId);
    }
  });
  await Promise.all(taken);
  return failed;
}

/** Marks an event that cannot be recorded, with the reason. */
export const setAside = (
  { events }: Pick<Deps, 'events'>,
  channelId: ChannelId,
  webhookEventId: string,
  problem: string,
): Promise<void> => events.settle({ channelId, webhookEventId, state: 'setAside', problem });

const whereWrong = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'event';

type Recordable = { webhookEventId: string; conversationId: ConversationId; event: LineEvent };

async function record(
  deps: Deps,
  channel: Channel,
  { webhookEventId, conversationId, event }: Recordable,
): Promise<void> {
  const { bot: settings, teamId } = channel;
  const { once, decide } = recordingOf(event, webhookEventId, { settings, teamId, newId: deps.newId });
  const { events } = await deps.rooms.change({ conversationId, once }, decide);
  const begins = events.some(
    ({ seq, fact }) => seq === 1 || fact.type === 'session.opened' || fact.type === 'customer.followed',
  );
  if (begins && event.source.type === 'user') await deps.jobs.fetchProfile(conversationId);
  await deps.events.settle({ channelId: channel.channelId, webhookEventId, state: 'done', problem: null });
}

/** LINE's timestamp orders events; arrival does not. */
function inOrder(stored: readonly StoredEvent[]): StoredEvent[] {
  return stored.toSorted((a, b) => timeOf(a) - timeOf(b));
}

/** An event without a time of its own cannot be understood; it must not confuse the order of the others. */
function timeOf({ payload }: StoredEvent): number {
  const timestamp = (payload as { timestamp?: unknown } | null)?.timestamp;
  return typeof timestamp === 'number' ? timestamp : 0;
}
