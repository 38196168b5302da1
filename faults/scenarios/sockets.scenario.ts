import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const ROUNDS = { short: 2, long: 15 };
const HALF_OPEN_MS = 4_000;

/** Enough for a replay that takes several pages. */
const MISSED = { short: 250, long: 1_000 };
const CUTS_DURING_REPLAY = 8;

export const sockets: Scenario = {
  title: '[FA5] sockets are cut and left half open, in the middle of a replay, too (A6, D9)',
  async run(played) {
    for (let round = 1; round <= ROUNDS[played.length]; round += 1) await harm(played);
    await replay(played);
  },
};

async function harm({ scene, stage, inject }: Play): Promise<void> {
  const { random } = scene;
  const proxy = random.pick(stage.toServers);
  await pause(random.between(100, 600));
  await inject('sockets cut', async () => proxy.cut());
  await inject('sockets half open', async () => {
    proxy.freeze(...random.pick([[], ['there'], ['back']] as const));
    await pause(HALF_OPEN_MS);
    proxy.thaw();
  });
  await inject('every tab hangs up', async () => {
    for (const { tab } of scene.tabs) tab.hangUp();
  });
}

/** A tab that begins at nothing, and loses its line again and again while it catches up; each time another server goes on. */
async function replay({ scene, length, inject }: Play): Promise<void> {
  const { random } = scene;
  const late = await scene.lateTab(MISSED[length]);
  await inject('line lost during a replay', async () => {
    for (let cut = 1; cut <= CUTS_DURING_REPLAY; cut += 1) {
      await pause(random.between(5, 120));
      late.hangUp();
    }
  });
}
