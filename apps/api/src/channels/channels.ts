import { type ChannelView, type ConfigureBot, may, refuse } from '@sala/contracts';
import type { Caller } from '../deps.ts';

/** The channels of the desk. @throws NOT_ALLOWED */
export async function list({ channels, operator }: Caller): Promise<ChannelView[]> {
  if (!may(operator, 'channels.manage')) refuse({ code: 'NOT_ALLOWED' });
  return channels.list();
}

/** Sets what a channel's bot says and listens for. Every process goes by it within seconds. @throws NOT_ALLOWED, NOT_FOUND */
export async function configureBot({ channels, operator }: Caller, change: ConfigureBot): Promise<ChannelView[]> {
  if (!may(operator, 'channels.manage')) refuse({ code: 'NOT_ALLOWED' });
  await channels.configureBot(change);
  return channels.list();
}
