import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const ROUNDS = { short: 1, long: 6 };

/** The attempts after a lost answer are answered 409: LINE has taken the message before. */
export const line: Scenario = {
  title: '[FA7] LINE fails, takes messages and does not say so, says so twice, or is silent',
  async run(played) {
    const { line } = played.stage.simulator;
    for (let round = 1; round <= ROUNDS[played.length]; round += 1) {
      // Silence is believed after 10 s: the other troubles come meanwhile.
      await under(played, 'LINE is silent', () => line.hang({ times: 1 }));
      await under(played, 'LINE answers 500', () => line.failNext({ status: 500, times: 4 }));
      await under(played, 'LINE answers 502 and 429', async () => {
        await line.failNext({ status: 502, times: 2 });
        await line.failNext({ status: 429, times: 2 });
      });
      await under(played, 'LINE takes and resets', () => line.acceptThenDrop({ times: 4 }));
      await under(played, 'LINE takes and answers 500', () => line.acceptThenDrop({ times: 4, answer: 500 }));
      // A message that met every trouble of every round would be asked about minutes later, as it should be (DE3).
      if (round < ROUNDS[played.length]) await played.scene.untilNoneIsRetried();
    }
  },
};

/** Plans the trouble and gives the traffic time to meet it. */
async function under({ scene, inject }: Play, name: string, plan: () => Promise<void>): Promise<void> {
  await inject(name, async () => {
    await plan();
    await pause(scene.random.between(500, 1_000));
  });
}
