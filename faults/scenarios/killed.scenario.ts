import { setTimeout as pause } from 'node:timers/promises';
import type { Play, Scenario } from '../play.ts';

const KILLS = { short: 3, long: 20 };

/** Who was on a server that is gone is seen no longer than this. */
const GHOST_MS = 45_000;

/** The worker delivers inside the server: killed while LINE keeps it waiting, it leaves messages half sent. */
export const killed: Scenario = {
  title: '[FA1] servers and their workers are killed at any moment (A10)',
  settlesSlowly: true,
  async run(played) {
    await killAll(played);
    for (let kill = 2; kill <= KILLS[played.length]; kill += 1) {
      if (kill % 6 === 0) await killAll(played);
      else await killOne(played, kill);
    }
    await ghost(played);
  },
};

async function killOne({ scene, stage, inject }: Play, kill: number): Promise<void> {
  const victim = scene.random.pick(stage.servers);
  if (kill % 3 === 0) await stage.simulator.line.hang({ times: 2 });
  await pause(scene.random.between(200, 1_200));
  await inject(`kill ${kill}`, () => victim.kill());
  await victim.start();
}

/** Nobody is left, and every worker was waiting for LINE: the way back begins with the start. */
async function killAll({ scene, stage, inject }: Play): Promise<void> {
  await stage.simulator.line.hang({ times: 4 });
  await pause(scene.random.between(800, 1_500));
  await inject('all killed while delivering', async () => {
    await Promise.all(stage.servers.map((server) => server.kill()));
    await scene.fairWeather();
    await Promise.all(stage.servers.map((server) => server.start()));
  });
}

/** Somebody whose only server dies, and who does not come back. */
async function ghost({ scene, stage, find }: Play): Promise<void> {
  const victim = scene.random.pick(stage.servers);
  const guest = await scene.guestAt(victim.port);
  await victim.kill();
  guest.close();
  await victim.start();
  if (!(await scene.isPresenceRightWithin(GHOST_MS))) find({ kind: 'late', what: 'a colleague is seen who is gone' });
}
