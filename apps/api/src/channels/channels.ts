import { type ChannelView, type ConfigureBot, may, refuse, type SetChannelTeam } from '@sala/contracts';
import type { Caller } from '../deps.ts';
import { hasTeam } from '../team/teamStore.ts';

/** The channels of the desk. @throws NOT_ALLOWED */
export async function list({ channels, operator }: Caller): Promise<ChannelView[]> {
  if (!may(operator, 'channels.manage')) refuse({ code: 'NOT_ALLOWED' });
  return channels.list();
}

/** Sets what a channel's bot says and listens for. Every process goes by it within seconds. @throws NOT_ALLOWED, NOT_FOUND */
export async function configureBot(caller: Caller, { channelId, bot }: ConfigureBot): Promise<ChannelView[]> {
  const { channels, operator } = caller;
  if (!may(operator, 'channels.manage')) refuse({ code: 'NOT_ALLOWED' });
  const before = (await channels.list()).find((channel) => channel.channelId === channelId);
  if (!before) return refuse({ code: 'NOT_FOUND' });
  await channels.configureBot({ channelId, bot });
  await caller.audit.write(caller, {
    action: 'channel.changed',
    subject: { type: 'channel', id: channelId, name: before.name },
    before: { bot: before.bot },
    after: { bot },
  });
  return channels.list();
}

/** Says whose the new conversations of a channel are. Every process goes by it within seconds. @throws NOT_ALLOWED, NOT_FOUND */
export async function setTeam(caller: Caller, { channelId, teamId }: SetChannelTeam): Promise<ChannelView[]> {
  const { channels, operator, db } = caller;
  if (!may(operator, 'channels.manage')) refuse({ code: 'NOT_ALLOWED' });
  const before = (await channels.list()).find((channel) => channel.channelId === channelId);
  if (!before || (teamId !== null && !(await hasTeam(db, teamId)))) return refuse({ code: 'NOT_FOUND' });
  await channels.setTeam({ channelId, teamId });
  await caller.audit.write(caller, {
    action: 'channel.changed',
    subject: { type: 'channel', id: channelId, name: before.name },
    before: { teamId: before.teamId },
    after: { teamId },
  });
  return channels.list();
}
