import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const ROUNDS = { short: 1, long: 8 };
const WEATHER_MS = 1_000;
const REDELIVERIES = 15;

export const webhooks: Scenario = {
  title: '[FA6] webhooks come twice, shuffled, again, late, and wrongly signed',
  async run(played) {
    for (let round = 1; round <= ROUNDS[played.length]; round += 1) {
      await weather(played, { duplicate: true });
      await weather(played, { shuffle: true });
      await weather(played, { shuffle: true, duplicate: true, delayMs: 200 });
      await weather(played, { wrongSignature: true });
      await weather(played, { cutLine: true });
      await again(played);
    }
  },
};

const FAIR = { duplicate: false, shuffle: false, delayMs: 0, wrongSignature: false, cutLine: false };

async function weather({ stage, inject }: Play, change: Partial<typeof FAIR>): Promise<void> {
  await inject(Object.keys(change).join(' and '), async () => {
    await stage.simulator.line.conditions(change);
    await pause(WEATHER_MS);
    await stage.simulator.line.conditions(FAIR);
  });
}

/** Events that LINE sends again although they were acknowledged, several at once. */
async function again({ scene, stage, inject }: Play): Promise<void> {
  const { random, ledger } = scene;
  await inject('redeliveries', () =>
    Promise.all(
      Array.from({ length: REDELIVERIES }, () =>
        stage.simulator.line.redeliver(random.pick(ledger.said).webhookEventId),
      ),
    ),
  );
}
