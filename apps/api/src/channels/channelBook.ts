import type { ChannelId } from '@sala/contracts';
import type { Database } from '@sala/db';
import { BotSettings } from '../bot/bot.ts';
import type { Seal } from './seal.ts';

/** A channel, opened: what the webhook, the bot and the sender need. */
export type Channel = { channelId: ChannelId; name: string; secret: string; accessToken: string; bot: BotSettings };

/** What LINE's console gives for a channel. */
export type ChannelKeys = { channelId: ChannelId; name: string; secret: string; accessToken: string };

/** How long another process's change of a channel can go unnoticed here. */
const FRESH_MS = 10_000;

/** How many ids that are no channel are remembered, so that knocking at random addresses costs no query each. */
const MAX_UNKNOWN = 1_000;

/** The channels of the desk, remembered for a moment: every webhook asks for one. */
export class ChannelBook {
  readonly #db: Database;
  readonly #seal: Seal;
  readonly #clock: () => Date;
  readonly #read = new Map<ChannelId, { at: number; channel: Channel | null }>();

  constructor({ db, seal, clock }: { db: Database; seal: Seal; clock: () => Date }) {
    this.#db = db;
    this.#seal = seal;
    this.#clock = clock;
  }

  async find(channelId: ChannelId): Promise<Channel | null> {
    const now = this.#clock().getTime();
    const known = this.#read.get(channelId);
    if (known && now - known.at < FRESH_MS) return known.channel;
    const row = await this.#db.prisma.channel.findUnique({ where: { id: channelId } });
    const channel = row && {
      channelId,
      name: row.name,
      secret: this.#seal.open(row.secret),
      accessToken: this.#seal.open(row.accessToken),
      bot: BotSettings.parse(row.bot),
    };
    if (this.#read.size >= MAX_UNKNOWN) this.#read.clear();
    this.#read.set(channelId, { at: now, channel });
    return channel;
  }

  /** Adds a channel, or gives an existing one new keys. Its bot settings stay unless `bot` is given. */
  async put({ channelId, name, secret, accessToken }: ChannelKeys, bot?: BotSettings): Promise<void> {
    const keys = {
      name,
      secret: this.#seal.close(secret),
      accessToken: this.#seal.close(accessToken),
      ...(bot && { bot }),
    };
    await this.#db.prisma.channel.upsert({
      where: { id: channelId },
      create: { id: channelId, ...keys },
      update: keys,
    });
    this.#read.delete(channelId);
  }
}
