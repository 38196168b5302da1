import type { Platform } from '../platform.ts';
import type { Channel } from '../world/channels.ts';
import type { Person } from '../world/people.ts';

/** Something was named that the simulator does not have. */
export class NotHere extends Error {}

export function channelNamed({ channels }: Platform, channelId: string): Channel {
  const channel = channels.get(channelId);
  if (!channel) throw new NotHere(`There is no channel ${channelId.slice(0, 64)}`);
  return channel;
}

export function personNamed({ people }: Platform, userId: string): Person {
  const person = people.get(userId);
  if (!person) throw new NotHere(`There is no person ${userId.slice(0, 64)}`);
  return person;
}
