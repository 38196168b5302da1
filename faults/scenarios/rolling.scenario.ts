import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../play.ts';

const ROUNDS = { short: 1, long: 5 };

/** A server that was asked to end has gone by then. */
const GOODBYE_WITHIN_MS = 30_000;

/** No tab is without its streams for longer. */
const GAP_WITHIN_MS = 3_000;

export const rolling: Scenario = {
  title: '[FA2] one server after another is restarted under traffic (A11)',
  async run({ scene, stage, length, inject, find }) {
    for (let round = 1; round <= ROUNDS[length]; round += 1) {
      for (const server of stage.servers) {
        await inject(`goodbye of ${server.name}`, async () => {
          const { tookMs, code } = await server.stop();
          if (code !== 0) find({ kind: 'crashed', what: `${server.name} said goodbye with ${code}` });
          if (tookMs > GOODBYE_WITHIN_MS) find({ kind: 'late', what: `the goodbye took ${Math.round(tookMs)} ms` });
        });
        await server.start();
        await pause(scene.random.between(300, 1_000));
      }
    }
    const gapMs = Math.max(0, ...scene.tabs.flatMap(({ tab }) => tab.gapsMs));
    if (gapMs > GAP_WITHIN_MS)
      find({ kind: 'late', what: `a tab was without its streams for ${Math.round(gapMs)} ms` });
  },
};
