import {
  BotSettings,
  type ChannelId,
  type ChannelView,
  type ConfigureBot,
  refuse,
  type SetChannelTeam,
  type TeamId,
} from '@sala/contracts';
import { type Database, StartError } from '@sala/db';
import type { Seal } from './seal.ts';

/** A channel, opened: what the webhook, the bot and the sender need. */
export type Channel = {
  channelId: ChannelId;
  name: string;
  secret: string;
  accessToken: string;
  teamId: TeamId | null;
  bot: BotSettings;
};

/** What LINE's console gives for a channel. */
export type ChannelKeys = { channelId: ChannelId; secret: string; accessToken: string };

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
      teamId: row.teamId,
      bot: BotSettings.parse(row.bot),
    };
    if (this.#read.size >= MAX_UNKNOWN) this.#read.clear();
    this.#read.set(channelId, { at: now, channel });
    return channel;
  }

  /** Adds a channel, named by its id until LINE tells its name, or gives an existing one new keys. */
  async put({ channelId, secret, accessToken }: ChannelKeys): Promise<void> {
    const keys = { secret: this.#seal.close(secret), accessToken: this.#seal.close(accessToken) };
    await this.#db.prisma.channel.upsert({
      where: { id: channelId },
      create: { id: channelId, name: channelId, ...keys },
      update: keys,
    });
    this.#read.delete(channelId);
  }

  /** Keeps what LINE calls the account. */
  async introduce(channelId: ChannelId, { name, botUserId }: { name: string; botUserId: string }): Promise<void> {
    await this.#db.prisma.channel.update({ where: { id: channelId }, data: { name, botUserId } });
    this.#read.delete(channelId);
  }

  /** Opens every channel's keys once. @throws StartError when they were sealed with another SECRET_KEY */
  async check(): Promise<void> {
    const rows = await this.#db.prisma.channel.findMany();
    for (const { id, secret, accessToken } of rows) {
      try {
        this.#seal.open(secret);
        this.#seal.open(accessToken);
      } catch {
        throw new StartError(`The keys of channel ${id} were stored under another SECRET_KEY. Start with that one.`);
      }
    }
  }

  async list(): Promise<ChannelView[]> {
    const rows = await this.#db.prisma.channel.findMany({ orderBy: { createdAt: 'asc' } });
    return rows.map(({ id, name, botUserId, teamId, bot }) => ({
      channelId: id,
      name,
      botUserId,
      webhookPath: `/webhooks/line/${id}`,
      teamId,
      bot: BotSettings.parse(bot),
    }));
  }

  /** @throws NOT_FOUND */
  async configureBot({ channelId, bot }: ConfigureBot): Promise<void> {
    const { count } = await this.#db.prisma.channel.updateMany({ where: { id: channelId }, data: { bot } });
    if (count === 0) refuse({ code: 'NOT_FOUND' });
    this.#read.delete(channelId);
  }

  /** @throws NOT_FOUND */
  async setTeam({ channelId, teamId }: SetChannelTeam): Promise<void> {
    const { count } = await this.#db.prisma.channel.updateMany({ where: { id: channelId }, data: { teamId } });
    if (count === 0) refuse({ code: 'NOT_FOUND' });
    this.#read.delete(channelId);
  }
}
