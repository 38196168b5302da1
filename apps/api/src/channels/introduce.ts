import type { ChannelId } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import { storable } from '../line/storable.ts';

/**
 * Asks LINE what the channel's account is called. A token that LINE does not accept is found here, at the start,
 * and not with the first answer that a customer waits for. Never throws.
 */
export async function introduceChannel({ channels, line, log }: Deps, channelId: ChannelId): Promise<void> {
  try {
    const channel = await channels.find(channelId);
    if (!channel) return;
    const { displayName, userId } = storable(await line(channel.accessToken).account());
    await channels.introduce(channelId, { name: displayName, botUserId: userId });
  } catch (error) {
    log.warn(
      { err: error, channelId },
      'LINE did not say who the channel is: are its access token and the network right?',
    );
  }
}
