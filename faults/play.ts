import { setTimeout as pause } from 'node:timers/promises';
import type { Finding } from './account.ts';
import { judge } from './judge.ts';
import { randomFrom } from './random.ts';
import { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

/** Everything is as before this long after a fault is over. */
const BACK_WITHIN_MS = 10_000;

/** A probe that is not through by then is given up. */
const GIVE_UP_MS = 40_000;

/** What a process that died held is taken up after its lease (30 s), and then by the next sweep (10 s after 5 s). */
const SETTLED_WITHIN_MS = 60_000;

/** A look fetches everything anew, which counts against its operators' calls. */
const LOOK_AGAIN_MS = 2_000;

export type Length = 'short' | 'long';

/** What a scenario has at hand: who works, and a way to do harm that is followed by a look whether all is well again. */
export type Play = {
  scene: Scene;
  stage: Stage;
  length: Length;
  /** Does the harm (resolves when it is over) and measures how long it is until everything works again. */
  inject: (name: string, harm: () => Promise<unknown>) => Promise<void>;
  find: (...findings: Finding[]) => void;
};

/** Faults under traffic. The title begins with the number of its rule in SPEC.md. */
export type Scenario = {
  title: string;
  run: (play: Play) => Promise<void>;
  /** It leaves messages half sent, which wait for their leases. */
  settlesSlowly?: boolean;
};

/** A fault, and how long it took until everything worked again once it was over. */
export type Fault = { name: string; backMs: number };

/** All times are in milliseconds. */
export type Report = {
  title: string;
  seed: number;
  faults: Fault[];
  stimuli: number;
  resolved: number;
  tookMs: number;
  /** The longest time that a tab was without one of its streams. */
  worstGapMs: number;
  /** From the end of the traffic until nothing was owed and every screen was right. */
  settledMs: number;
  findings: Finding[];
  /** Judges the lasting accounts once more: nothing may come late. */
  again: () => Promise<Finding[]>;
};

/**
 * Plays one scenario on a stage that is whole, and leaves it whole. Answers a function that waits until all is quiet and
 * judges: meanwhile the next may begin.
 */
export async function play(
  stage: Stage,
  scenario: Scenario,
  { seed, length }: { seed: number; length: Length },
): Promise<() => Promise<Report>> {
  const begun = performance.now();
  const scene = new Scene(stage, randomFrom(seed));
  const findings: Finding[] = [];
  const faults: Fault[] = [];
  const find = (...found: Finding[]) => void findings.push(...found);
  const inject: Play['inject'] = async (name, harm) => {
    await harm();
    const probed = await scene.probe(GIVE_UP_MS);
    const backMs = Math.max(probed.said, probed.sent, probed.seen);
    faults.push({ name, backMs });
    if (backMs > BACK_WITHIN_MS)
      find({ kind: 'late', what: `all was well again ${JSON.stringify(probed)} ms after: ${name}` });
  };
  await scene.open();
  stage.isBusy = true;
  scene.begin();
  await scenario.run({ scene, stage, length, inject, find });
  await scene.calm();
  stage.isBusy = false;
  const calmAt = performance.now();
  for (const server of stage.servers) {
    find(...server.crashes.map((what): Finding => ({ kind: 'crashed', what })));
    server.crashes = [];
  }
  return async () => {
    find(...(await settledFindings(scene, stage)));
    const settledMs = performance.now() - calmAt;
    find(...(await scene.untyped()));
    scene.close();
    return {
      title: scenario.title,
      seed,
      faults,
      stimuli: scene.ledger.stimuli.length,
      resolved: scene.ledger.resolved,
      tookMs: performance.now() - begun,
      worstGapMs: Math.max(0, ...scene.tabs.flatMap(({ tab }) => tab.gapsMs)),
      settledMs,
      findings,
      again: async () => judge(await scene.accountOfDesk()),
    };
  };
}

/** Judges when all is quiet; what is still wrong when time is up is wrong. */
async function settledFindings(scene: Scene, stage: Stage): Promise<Finding[]> {
  let until = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    // The lists are those of the whole desk: they stand still when the next scene is calm.
    if (stage.isBusy) until = Math.max(until, performance.now() + BACK_WITHIN_MS);
    const isLast = performance.now() > until;
    if (isLast || (await scene.isQuiet())) {
      const findings = judge(await scene.account());
      if (findings.length === 0 || isLast) return findings;
      await pause(LOOK_AGAIN_MS);
    }
    await pause(300);
  }
}
