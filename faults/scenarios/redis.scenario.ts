import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const ROUNDS = { short: 1, long: 5 };
const AWAY_MS = 2_000;
const FROZEN_MS = 5_000;

/** Long enough for the servers to notice that something is away. */
const NOTICED_MS = 300;

export const redis: Scenario = {
  title: '[FA4] Redis is restarted, frozen, emptied, cut off; its subscribers are thrown out (A11)',
  async run(played) {
    const { stage, inject } = played;
    for (let round = 1; round <= ROUNDS[played.length]; round += 1) {
      await inject('Redis restarted', () =>
        meanwhile(
          played,
          AWAY_MS,
          () => stage.redis.kill(),
          () => stage.redis.start(),
        ),
      );
      await inject('Redis frozen', () =>
        meanwhile(
          played,
          FROZEN_MS,
          async () => stage.redis.freeze(),
          async () => stage.redis.thaw(),
        ),
      );
      await inject('Redis out of reach', () =>
        meanwhile(
          played,
          AWAY_MS,
          async () => stage.toRedis.freeze(),
          async () => stage.toRedis.thaw(),
        ),
      );
      await inject('Redis emptied', () => stage.redis.ask('FLUSHALL'));
      await inject('subscribers thrown out', () => stage.redis.ask('CLIENT', 'KILL', 'TYPE', 'pubsub'));
      await inject('the way to Redis cut', async () => stage.toRedis.cut());
    }
  },
};

/** Without Redis customers and operators go on at once. */
async function meanwhile(
  { scene, find }: Play,
  awayMs: number,
  goes: () => Promise<unknown>,
  returns: () => Promise<unknown>,
): Promise<void> {
  await goes();
  await pause(NOTICED_MS);
  const works = scene.worksAtOnce();
  await pause(awayMs);
  find(...(await works));
  await returns();
}
