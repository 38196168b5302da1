import { describe, expect, it } from 'vitest';
import type { Alone } from './aloneOf.ts';
import { Box, type BoxDeps } from './box.ts';
import { TOLD_FOR_MS } from './homecoming.ts';
import { memoryStore } from './memoryStore.ts';
import { MAX_UNSENT, type OutboxEntry, type Outcome } from './outbox.ts';
import { surestStore } from './surestStore.ts';
import type { News } from './otherTabs.ts';

/** A browser with several tabs: one database, one lock, a channel between them, and a server that can be away. */
function browser() {
  const store = memoryStore();
  const listeners = new Map<object, (news: News) => void>();
  const sent: string[] = [];
  const timers: { ms: number; call: () => void }[] = [];
  const state = { isAway: false, outcome: { type: 'accepted', seq: 1 } as Outcome, ids: 0, isStoreBroken: false };
  let turn = Promise.resolve();

  const alone: Alone = (work, signal) => {
    turn = turn.then(() => (signal.aborted ? undefined : work()));
  };
  const send = async (entry: OutboxEntry) => {
    sent.push(entry.content.text);
    return state.outcome;
  };
  const tab = (operatorId = 'nok', more: Partial<BoxDeps> = {}) => {
    const own = {};
    const box = new Box({
      operatorId,
      newId: () => `m${(state.ids += 1)}`,
      openStore: (onBroken) => surestStore(state.isStoreBroken ? brokenStore : store, onBroken),
      tabs: {
        tell: (news) => [...listeners].forEach(([tab, hear]) => tab !== own && hear(news)),
        hear: (hear) => {
          listeners.set(own, hear);
          return () => void listeners.delete(own);
        },
      },
      alone,
      enter: async () => () => {},
      send,
      isReachable: async () => !state.isAway,
      now: () => 0,
      chance: () => 0,
      after: (ms, call) => {
        const timer = { ms, call };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
      onSignedOut: () => {},
      ...more,
    });
    return { box, close: box.start() };
  };
  return { tab, sent, state, timers, store };
}

const no = async () => {
  throw new Error('storage is off');
};
const brokenStore = { all: no, add: no, change: no, remove: no };

/** Everything that can happen without time passing has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const textsOf = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.content.text);
const landingIn = (box: Box) => textsOf(box.view().landing.map(({ entry }) => entry));

describe('Outbox (OU)', () => {
  it('[OU9] every tab shows the same messages, and one of them sends each, once (A4, D5, C7)', async () => {
    const { tab, sent, state } = browser();
    const [first, second] = [tab(), tab()];
    state.isAway = true;
    await first.box.put('c1', 'one');
    await second.box.put('c1', 'two');
    await settled();
    expect(textsOf(first.box.view().unsent)).toEqual(['one', 'two']);
    expect(textsOf(second.box.view().unsent)).toEqual(['one', 'two']);
    expect(sent).toEqual([]);

    state.isAway = false;
    second.box.look();
    await settled();

    expect(sent).toEqual(['one', 'two']);
    for (const { box } of [first, second]) {
      expect(box.view().unsent).toEqual([]);
      expect(landingIn(box)).toEqual(['one', 'two']);
    }
  });

  it('[OU9] when the tab that sends is closed, another goes on (D3)', async () => {
    const { tab, sent, state } = browser();
    const [first, second] = [tab(), tab()];
    state.isAway = true;
    await second.box.put('c1', 'one');
    first.close();
    state.isAway = false;
    await settled();

    second.box.look();
    await settled();

    expect(sent).toEqual(['one']);
  });

  it('[OU9] a desk that begins anew goes on at once, also where a browser has no locks', async () => {
    const { tab, sent } = browser();
    const { box, close } = tab('nok', { alone: (work) => void work() });
    await settled();
    close();
    box.start();
    await settled();

    await box.put('c1', 'one');
    await settled();

    expect(sent).toEqual(['one']);
  });

  it('[OU1] a message leaves the outbox by the event, too, if the answer was lost (C7, D3)', async () => {
    const { tab, state } = browser();
    const { box } = tab();
    state.outcome = { type: 'unreachable' };
    await box.put('c1', 'one');
    await settled();
    const [entry] = box.view().unsent;
    expect(entry?.state.type).toBe('waiting');

    await box.settle({ conversationId: 'c1', seq: 1, deliveries: { [entry!.messageId]: { state: 'queued' } } });

    expect(box.view()).toMatchObject({ unsent: [], landing: [] });
  });

  it('[OU1] what is at the server stays on the screen until its event has come (D5)', async () => {
    const { tab } = browser();
    const { box } = tab();
    await box.put('c1', 'one');
    await settled();
    expect(landingIn(box)).toEqual(['one']);

    await box.settle({ conversationId: 'c1', seq: 0, deliveries: {} });
    await box.settle({ conversationId: 'c2', seq: 5, deliveries: {} });
    expect(landingIn(box)).toEqual(['one']);
    // Also where the room has read past it without loading it.
    await box.settle({ conversationId: 'c1', seq: 5, deliveries: {} });
    expect(landingIn(box)).toEqual([]);
  });

  it('[OU7] another operator on the same browser neither sees nor sends it (D3)', async () => {
    const { tab, sent, state } = browser();
    const mine = tab('nok');
    state.isAway = true;
    await mine.box.put('c1', 'mine');
    mine.close();
    await settled();
    state.isAway = false;

    const theirs = tab('thanawat');
    await settled();

    expect(theirs.box.view().unsent).toEqual([]);
    expect(sent).toEqual([]);
    theirs.close();
    await settled();
    tab('nok');
    await settled();
    expect(sent).toEqual(['mine']);
  });

  it('[OU2] says that there is no more room, and keeps nothing (D4)', async () => {
    const { tab, state } = browser();
    const { box } = tab();
    state.isAway = true;
    for (let n = 0; n < MAX_UNSENT; n += 1) await box.put('c1', String(n));

    expect(await box.put('c1', 'one too many')).toBe('full');
    expect(box.view().unsent).toHaveLength(MAX_UNSENT);
  });

  it('[OU5] what was refused for good stays until its writer sends it again or drops it (D3)', async () => {
    const { tab, sent, state } = browser();
    const { box } = tab();
    state.outcome = { type: 'refused', refusal: { code: 'NOT_YOURS', operatorId: 'haruka' } };
    await box.put('c1', 'one');
    await box.put('c1', 'two');
    await settled();
    expect(sent).toEqual(['one']);
    const [one] = box.view().unsent;
    expect(one?.state).toEqual({ type: 'stopped', problem: state.outcome });

    state.outcome = { type: 'accepted', seq: 1 };
    await box.again(one!.messageId);
    await settled();

    expect(sent).toEqual(['one', 'one', 'two']);
    expect(landingIn(box)).toEqual(['one', 'two']);
  });

  it('[OU6] without a sign-in everything waits, and goes on with the next one', async () => {
    const { tab, sent, state } = browser();
    let signedOut = 0;
    const { box } = tab('nok', { onSignedOut: () => (signedOut += 1) });
    state.outcome = { type: 'refused', refusal: { code: 'SIGNED_OUT' } };
    await box.put('c1', 'one');
    await settled();
    expect(signedOut).toBe(1);
    expect(box.view().unsent.map((entry) => [entry.state.type, entry.tries])).toEqual([['kept', 0]]);

    state.outcome = { type: 'accepted', seq: 1 };
    box.look();
    await settled();

    expect(sent).toEqual(['one', 'one']);
  });

  it('[OU8] where nothing can be stored it is sent all the same, by the tab that has it', async () => {
    const { tab, sent, state } = browser();
    tab();
    state.isStoreBroken = true;
    const { box } = tab();
    await settled();
    expect(box.view().isDurable).toBe(false);

    await box.put('c1', 'one');
    await settled();

    expect(sent).toEqual(['one']);
  });

  it('[OU11] tells how many were sent, once all that was kept out of reach has gone (D3)', async () => {
    const { tab, state, timers } = browser();
    const { box } = tab();
    state.isAway = true;
    box.setOut(true);
    await box.put('c1', 'one');
    await box.put('c2', 'two');
    expect(box.view().back).toBeNull();

    state.isAway = false;
    box.setOut(false);
    await settled();

    expect(box.view().back).toBe(2);
    timers.find((timer) => timer.ms === TOLD_FOR_MS)?.call();
    expect(box.view().back).toBeNull();
    await box.put('c1', 'three');
    await settled();
    expect(box.view().back).toBeNull();
  });
});
