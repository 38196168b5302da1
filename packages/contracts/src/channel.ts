import { z } from 'zod';
import { ChannelId, TeamId } from './id.ts';
import { Text } from './text.ts';

const Words = Text.trim().min(1).max(1_000);

/** What the bot of a channel says and listens for. Missing fields take these defaults. */
export const BotSettings = z.object({
  greeting: Words.default(
    'สวัสดีค่ะ พิมพ์ “คุยกับเจ้าหน้าที่” เมื่อต้องการคุยกับเจ้าหน้าที่\nHello! Write “human” to talk to a person.\nこんにちは。「オペレーター」と送ると担当者におつなぎします。',
  ),
  handedOver: Words.default(
    'กำลังตามเจ้าหน้าที่ให้ค่ะ\nA person will be with you shortly.\n担当者におつなぎします。少々お待ちください。',
  ),
  /** Words that ask for a person, anywhere in a message. Latin words only as whole words. */
  keywords: z.array(Text.trim().min(1).max(100)).max(50).default(['คุยกับเจ้าหน้าที่', 'human', 'オペレーター']),
  /** Postback data that asks for a person. */
  postbacks: z.array(Text.min(1).max(300)).max(50).default(['action=human']),
});
export type BotSettings = z.infer<typeof BotSettings>;

/** A channel as its admin sees it. Its keys are never shown again. */
export const ChannelView = z.object({
  channelId: ChannelId,
  name: z.string(),
  /** LINE's user id of the account, once LINE has told. */
  botUserId: z.string().nullable(),
  /** Where LINE is to send webhooks: a path of this server. */
  webhookPath: z.string(),
  /** Whose its new conversations are; null: nobody's in particular. */
  teamId: TeamId.nullable(),
  bot: BotSettings,
});
export type ChannelView = z.infer<typeof ChannelView>;

/** New bot settings for a channel; what is not named takes its default. */
export const ConfigureBot = z.strictObject({ channelId: ChannelId, bot: BotSettings });
export type ConfigureBot = z.infer<typeof ConfigureBot>;

/** Says whose the new conversations of a channel are; null: nobody's in particular. Those that are there stay as they are. */
export const SetChannelTeam = z.strictObject({ channelId: ChannelId, teamId: TeamId.nullable() });
export type SetChannelTeam = z.infer<typeof SetChannelTeam>;
