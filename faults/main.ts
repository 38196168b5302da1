/*
 * npm run test:faults                            every scenario, long
 * npm run test:faults -- --short                 every scenario in under three minutes, as in CI
 * npm run test:faults -- --only FA3 --seed 42    one scenario, with the chance of an earlier run
 * Exits with 1 when anything was lost, doubled, disordered, left unresolved, answered wrongly, or late.
 */
import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { cp } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { leaks } from './scenarios/leaks.scenario.ts';
import { type Length, play, type Report, type Scenario } from './play.ts';
import { print, printLeaks, tableOf } from './report.ts';
import { killed } from './scenarios/killed.scenario.ts';
import { line } from './scenarios/line.scenario.ts';
import { postgres } from './scenarios/postgres.scenario.ts';
import { redis } from './scenarios/redis.scenario.ts';
import { rolling } from './scenarios/rolling.scenario.ts';
import { sockets } from './scenarios/sockets.scenario.ts';
import { webhooks } from './scenarios/webhooks.scenario.ts';
import { openStage } from './stage.ts';

const SERVERS = 2;

/** Where a failed run leaves what the servers said. */
const KEPT = 'test-results/faults';

const SCENARIOS: Scenario[] = [rolling, postgres, redis, sockets, webhooks, line, killed];

const { values } = parseArgs({
  options: { short: { type: 'boolean' }, only: { type: 'string' }, seed: { type: 'string' } },
});
const length: Length = values.short ? 'short' : 'long';
const seed = values.seed ? Number(values.seed) : randomInt(1, 1_000_000);
const isWanted = ({ title }: { title: string }) => !values.only || title.startsWith(`[${values.only}]`);

// As many webhooks and streams wait at once as there are people: no leak.
setMaxListeners(1_000);
process.stdout.write(`seed ${seed}, ${length}\n`);
const begun = performance.now();
const stage = await openStage(SERVERS);
let ending: Promise<never> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));
const failures = await playAll(SCENARIOS.filter(isWanted)).catch(broken);
const isClean = failures === 0;
process.stdout.write(
  `\n${isClean ? 'clean' : 'FAILED'}, seed ${seed}, ${Math.round((performance.now() - begun) / 1_000)} s\n`,
);
await end(isClean ? 0 : 1);

/** Answers how many failed. In the short run the next is played while a scenario settles slowly. */
async function playAll(scenarios: readonly Scenario[]): Promise<number> {
  const reports: Report[] = [];
  const keep = (report: Report) => {
    reports.push(report);
    print(report);
  };
  let settling: Promise<unknown> = Promise.resolve();
  for (const scenario of scenarios) {
    const conclude = await play(stage, scenario, { seed, length });
    settling = Promise.all([settling, conclude().then(keep)]);
    if (length === 'long' || !scenario.settlesSlowly) await settling;
  }
  const [, leaked] = await Promise.all([settling, isWanted(leaks) ? watchLeaks() : 0]);
  for (const report of reports) {
    const known = new Set(report.findings.map(({ what }) => what));
    const late = (await report.again()).filter(({ what }) => !known.has(what));
    report.findings.push(...late);
    if (late.length > 0) print(report);
  }
  if (length === 'long') process.stdout.write(`\n${tableOf(reports)}\n\n`);
  return reports.filter(({ findings }) => findings.length > 0).length + leaked;
}

async function watchLeaks(): Promise<number> {
  const report = await leaks.run(stage, length);
  printLeaks(leaks.title, report);
  return report.findings.length;
}

/** The run itself has failed, which is as bad as a finding. */
function broken(error: unknown): number {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

/** Ends everything that was begun here, once. */
function end(code: number): Promise<never> {
  ending ??= endAll(code);
  return ending;
}

/** A failed run leaves what the servers said. */
async function endAll(code: number): Promise<never> {
  if (code !== 0) {
    await cp(stage.folder, KEPT, { recursive: true, filter: (from) => !from.endsWith('/postgres') });
    process.stdout.write(`what the servers said is in ${KEPT}\n`);
  }
  await stage.end();
  process.exit(code);
}
