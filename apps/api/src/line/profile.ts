import type { ConversationId, RoomFact } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import { cutTo, storable } from './storable.ts';

/** Asks LINE who the customer is and records the answer if it is news. Where LINE gives none, the last known name stays. */
export async function fetchProfile(deps: Deps, conversationId: ConversationId): Promise<void> {
  const conversation = await deps.db.prisma.conversation.findUnique({ where: { id: conversationId } });
  const channel = conversation && (await deps.channels.find(conversation.channelId));
  if (!channel) return;
  const profile = storable(await deps.line(channel.accessToken).profile(conversation.lineId));
  if (!profile) return;
  const fact: RoomFact & { type: 'customer.profiled' } = {
    type: 'customer.profiled',
    displayName: cutTo(profile.displayName, 200),
    pictureUrl: profile.pictureUrl ?? null,
    language: profile.language ?? null,
  };
  await deps.rooms.change({ conversationId }, ({ customer }) => {
    const known = (['displayName', 'pictureUrl', 'language'] as const).every(
      (field) => customer[field] === fact[field],
    );
    return known ? [] : [fact];
  });
}
