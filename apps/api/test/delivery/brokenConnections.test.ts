import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wakeLeftBehind } from '../../src/delivery/sweep.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { message, upTo } from '../desk/rooms.ts';
import { phoneTexts, talkWith } from '../desk/talking.ts';
import { isOnPostgres } from '../desk/testDatabase.ts';

const BREAKS = 6;
const MESSAGES = 60;

// The embedded database has one session, which nobody can break from the outside.
describe.skipIf(!isOnPostgres)('Delivery (DE), over broken connections', () => {
  let desk: TestDesk;
  let aoi: TestOperator;
  beforeAll(async () => {
    desk = await openDesk();
    aoi = await desk.operator('Aoi');
  });
  afterAll(() => desk.close());

  /** Ends every connection of the desk, as a restart of PostgreSQL does. */
  async function breakConnections() {
    const admin = new pg.Client(desk.deps.db.config);
    await admin.connect();
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await admin.end();
  }

  it('[DE13] whatever was acknowledged arrives once, however often every connection breaks', async () => {
    const talk = await talkWith(desk, aoi);
    const acknowledged: string[] = [];
    const breaking = (async () => {
      for (const _break of upTo(BREAKS)) {
        await breakConnections();
        await pause(100);
      }
    })();
    for (const number of upTo(MESSAGES)) {
      const text = `message ${number}`;
      // As a composer does: the same message again, until it is known to be stored.
      const sent = { conversationId: talk.conversationId, ...message(text) };
      while (!(await aoi.api.room.send(sent).then(Boolean, () => false))) await pause(20);
      acknowledged.push(text);
      await pause(5);
    }
    await breaking;

    // What the breaks left behind is taken up as soon as its lease has run out.
    desk.clockOffset.ms = 60_000;
    await wakeLeftBehind(desk.deps);

    await vi.waitFor(async () => expect(await phoneTexts(talk)).toEqual(acknowledged), WAIT);
  }, 60_000);
});
