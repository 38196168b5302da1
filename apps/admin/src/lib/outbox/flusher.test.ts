import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fate, World } from './test/world.ts';

const RUNS = 500;

/** A run takes milliseconds. One that takes this long goes round in circles. */
const LONGEST_RUN_MS = 10_000;

const MINUTE_MS = 60_000;

const anyFate = fc.constantFrom<Fate>(
  'answered',
  'lostOnTheWay',
  'answerLost',
  'silence',
  'fault',
  'away',
  'slow',
  'outside',
  'notYours',
  'signedOut',
);

const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), where: fc.constantFrom('c1', 'c2', 'c3') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 300, 3_000, 20_000) }) },
  fc.record({ do: fc.constantFrom('cut', 'mend', 'refresh', 'openTab', 'killTab', 'again', 'drop') }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

/** What chance has found before. */
const FOUND: [Step[], Fate[]][] = [
  // Two tabs without a lock: what the one had given back was due while the other still asked for it.
  [
    [
      { do: 'write', where: 'c1' },
      { do: 'openTab' },
      { do: 'pass', ms: 0 },
      { do: 'write', where: 'c1' },
      { do: 'write', where: 'c2' },
      { do: 'pass', ms: 20_000 },
    ],
    ['answered', 'silence', 'fault', 'answered', 'signedOut'],
  ],
];

/** Does what a person and their network may do. Answers what was written and what was dropped. */
async function live(world: World, steps: readonly Step[]) {
  const written: { conversationId: string; messageId: string }[] = [];
  const dropped = new Set<string>();
  for (const step of steps) {
    switch (step.do) {
      case 'write': {
        const message = { conversationId: step.where, messageId: `m${written.length}` };
        written.push(message);
        await world.write(message.conversationId, message.messageId);
        break;
      }
      case 'pass':
        await world.pass(step.ms);
        break;
      case 'cut':
      case 'mend':
        world.isCut = step.do === 'cut';
        world.look();
        break;
      case 'refresh':
        world.killTab();
        await world.openTab();
        break;
      case 'openTab':
        if (world.tabs < 3) await world.openTab();
        break;
      case 'killTab':
        world.killTab();
        break;
      case 'again':
        await again(world);
        break;
      case 'drop':
        for (const messageId of (await stopped(world)).slice(0, 1)) {
          await world.store.remove(messageId);
          dropped.add(messageId);
        }
        world.look();
        break;
    }
  }
  return { written, dropped };
}

const stopped = async (world: World) =>
  (await world.store.all('nok')).filter((entry) => entry.state.type === 'stopped').map((entry) => entry.messageId);

async function again(world: World): Promise<void> {
  for (const messageId of await stopped(world)) {
    await world.store.change(messageId, (entry) => ({ ...entry, tries: 0, state: { type: 'kept' } }));
  }
  world.look();
}

/** A world with one tab, in which these requests fare like that and all others are answered. */
async function worldWith(...fates: Fate[]): Promise<World> {
  const world = new World(fates);
  await world.openTab();
  return world;
}

const statesIn = async (world: World) => (await world.store.all('nok')).map(({ state, tries }) => [state.type, tries]);

describe('Outbox (OU)', () => {
  it('[OU12] is in the room before it sends, and leaves it when the conversation has nothing more to send', async () => {
    const world = await worldWith();
    world.isCut = true;
    await world.write('c1', 'm0');
    await world.write('c1', 'm1');
    await world.pass(0);
    expect(world.done).toEqual([]);

    world.heal();
    world.look();
    await world.pass(0);

    expect(world.done).toEqual(['enter c1', 'send m0', 'send m1', 'leave c1']);
  });

  it('[OU12] who is found outside enters anew and goes on; always outside, it is a failure like others', async () => {
    const world = await worldWith('outside');
    await world.write('c1', 'm0');
    await world.pass(1_000);
    expect(world.done).toEqual(['enter c1', 'send m0', 'leave c1', 'enter c1 anew', 'send m0', 'leave c1']);
    expect(world.taken).toHaveLength(1);

    const shut = await worldWith(...Array.from({ length: 50 }, (): Fate => 'outside'));
    await shut.write('c1', 'm0');
    await shut.pass(MINUTE_MS);
    expect(await statesIn(shut)).toEqual([['stopped', 3]]);
    expect(shut.done.filter((one) => one === 'send m0')).toHaveLength(18);
  });

  it('[OU3] a desk out of reach for hours costs a message none of its tries (D3)', async () => {
    const world = await worldWith('lostOnTheWay');
    await world.write('c1', 'm0');
    await world.pass(0);
    expect(await statesIn(world)).toEqual([['waiting', 1]]);
    world.isCut = true;

    await world.pass(5 * 60 * MINUTE_MS);
    expect(await statesIn(world)).toEqual([['waiting', 1]]);
    world.heal();
    await world.pass(MINUTE_MS);

    expect(world.taken).toHaveLength(1);
  });

  it('[OU1] what a page was sending when it died is sent again at once by the next one, under the same id (D3)', async () => {
    const world = await worldWith('silence');
    await world.write('c1', 'm0');
    await world.pass(1_000);
    expect(await statesIn(world)).toEqual([['sending', 0]]);

    world.killTab();
    await world.openTab();
    await world.pass(0);

    expect(await world.store.all('nok')).toEqual([]);
    expect(world.taken).toEqual([{ conversationId: 'c1', messageId: 'm0' }]);
  });

  it('[OU4] whatever breaks, each message arrives once and in order, and none is lost (D3, D4, D5, C7)', async () => {
    let [sent, runs] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 5, maxLength: 30 }),
        fc.array(anyFate, { maxLength: 30 }),
        async (steps, fates) => {
          const world = new World(fates);
          await world.openTab();
          const { written, dropped } = await live(world, steps);

          // In the end everything works, somebody opens the desk and sends again what had stopped.
          world.heal();
          if (world.tabs === 0) await world.openTab();
          await world.pass(2 * MINUTE_MS);
          await again(world);
          await world.pass(2 * MINUTE_MS);

          expect(await world.store.all('nok')).toEqual([]);
          const isOwed = ({ messageId }: { messageId: string }) => !dropped.has(messageId);
          for (const where of ['c1', 'c2', 'c3']) {
            const inRoom = (one: { conversationId: string }) => one.conversationId === where;
            expect(world.taken.filter(inRoom).filter(isOwed)).toEqual(written.filter(inRoom).filter(isOwed));
            // What was dropped may have arrived before; then it is in its place, once.
            const places = world.taken
              .filter(inRoom)
              .map((one) => written.findIndex((w) => w.messageId === one.messageId));
            expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
          }
          sent += world.taken.length;
          runs += 1;
        },
      ),
      { numRuns: RUNS, timeout: LONGEST_RUN_MS, examples: FOUND },
    );
    expect(sent).toBeGreaterThan(runs);
  }, 60_000);
});
