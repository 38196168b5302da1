import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const ROUNDS = { short: 1, long: 15 };
/** Longer than a tab waits for an answer to its ping. */
const HALF_OPEN_MS = 3_500;

/** Time for some calls to be done whose answers nobody hears. */
const UNHEARD_MS = 600;

/** Who does not answer is seen no longer than this. */
const GHOST_MS = 45_000;

/** Enough for a replay that takes several pages. */
const MISSED = { short: 250, long: 1_000 };
const CUTS_DURING_REPLAY = 8;

export const sockets: Scenario = {
  title: '[FA5] sockets are cut and left half open, in the middle of a replay, too (A6, D9)',
  async run(played) {
    for (let round = 1; round <= ROUNDS[played.length]; round += 1) await harm(played);
    await replay(played);
    if (played.length === 'long') await silence(played);
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
  await inject('answers lost', async () => {
    for (const one of stage.toServers) await one.loseAnswers(UNHEARD_MS);
  });
  await inject('every tab hangs up', async () => {
    for (const { tab } of scene.tabs) tab.hangUp();
  });
}

/** Somebody whose line is dead and stays so, which nobody tells the server. */
async function silence({ scene, stage, find }: Play): Promise<void> {
  const proxy = stage.toServers[0]!;
  const guest = await scene.guestAt(proxy.port);
  proxy.freeze();
  guest.close();
  if (!(await scene.isPresenceRightWithin(GHOST_MS))) find({ kind: 'late', what: 'a colleague is seen who is silent' });
  proxy.thaw();
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
