import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const ROUNDS = { short: 1, long: 5 };
const AWAY_MS = 1_500;
const SLOW_MS = 2_500;

/** Time for some commits of which nobody hears. */
const UNHEARD_MS = 400;

export const postgres: Scenario = {
  title: '[FA3] PostgreSQL is stopped, its backends are ended, the way to it is cut or slow',
  settlesSlowly: true,
  async run(played) {
    for (let round = 1; round <= ROUNDS[played.length]; round += 1) {
      await away(played);
      await endedBackends(played);
      await badNetwork(played);
    }
  },
};

async function away({ scene, stage, inject, find }: Play): Promise<void> {
  await inject('PostgreSQL stopped at once', async () => {
    await stage.postgres.stopAtOnce();
    const dark = scene.isNotAcknowledged();
    await pause(AWAY_MS);
    find(...(await dark));
    await stage.postgres.start();
  });
}

async function endedBackends({ scene, stage, inject }: Play): Promise<void> {
  for (let times = 1; times <= 3; times += 1) {
    await pause(scene.random.between(50, 400));
    await inject('some backends ended', () => stage.postgres.terminateBackends(scene.random, 0.5));
    // In the middle of whatever they are doing, a few times in a row.
    await inject('busy backends ended', async () => {
      for (let strike = 1; strike <= 5; strike += 1) {
        await stage.postgres.terminateTransactions();
        await pause(scene.random.between(5, 30));
      }
    });
  }
}

async function badNetwork({ stage, inject }: Play): Promise<void> {
  await inject('the way to PostgreSQL cut', async () => stage.toPostgres.cut());
  await inject('answers of PostgreSQL lost', () => stage.toPostgres.loseAnswers(UNHEARD_MS));
  await inject('PostgreSQL slow', async () => {
    stage.toPostgres.delay(100);
    await pause(SLOW_MS);
    stage.toPostgres.delay(0);
  });
}
