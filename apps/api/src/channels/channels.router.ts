import { ConfigureBot, SetChannelTeam } from '@sala/contracts';
import { operatorProcedure, router } from '../trpc/trpc.ts';
import * as channels from './channels.ts';

export const channelsRouter = router({
  /** The channels, where LINE is to send their webhooks, and their bots. For admins. */
  list: operatorProcedure.meta({ scope: 'manage' }).query(({ ctx }) => channels.list(ctx)),
  /** What a channel's bot says and listens for: greeting, keywords, postbacks. For admins. */
  configureBot: operatorProcedure
    .meta({ scope: 'manage' })
    .input(ConfigureBot)
    .mutation(({ ctx, input }) => channels.configureBot(ctx, input)),
  /** Whose the new conversations of a channel are: a team's, or nobody's in particular. For admins. */
  setTeam: operatorProcedure
    .meta({ scope: 'manage' })
    .input(SetChannelTeam)
    .mutation(({ ctx, input }) => channels.setTeam(ctx, input)),
});
