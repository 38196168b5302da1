import type { Availability, PresenceChange } from '@sala/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestClient } from './desk/connect.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from './desk/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
});
afterAll(() => desk.close());

/** New people for each test: who was here in the last one may still be leaving. */
let [aoi, ken, mei]: TestOperator[] = [];
let round = 0;
beforeEach(async () => {
  round += 1;
  [aoi, ken, mei] = await Promise.all(['Aoi', 'Ken', 'Mei'].map((name) => desk.operator(`${name}${round}`)));
});

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** A tab of an operator's, with what it hears of the people of this test. */
async function open(operator: TestOperator | undefined, availability?: Availability) {
  const client = await desk.connect(operator!);
  clients.push(client);
  const changes: PresenceChange[] = [];
  const ours = new Set([aoi, ken, mei].map((one) => one!.operatorId));
  const concernsUs = (change: PresenceChange) =>
    change.type === 'snapshot' || ours.has(change.type === 'left' ? change.operatorId : change.operator.operatorId);
  client.api.presence.follow.subscribe({ availability }, { onData: (all) => changes.push(...all.filter(concernsUs)) });
  await vi.waitFor(() => expect(changes.length).toBeGreaterThan(0), WAIT);
  return { client, changes };
}

const face = (one: TestOperator | undefined, availability: Availability = 'online') => ({
  operatorId: one!.operatorId,
  name: one!.name,
  role: one!.role,
  availability,
});

describe('Presence (PR)', () => {
  it('[PR1] the first thing told is who is here, oneself included (A1, A5)', async () => {
    await open(ken);

    const { changes } = await open(aoi);

    expect(changes[0]).toEqual({ type: 'snapshot', operators: expect.arrayContaining([face(ken), face(aoi)]) });
  });

  it('[PR1] who arrives is told to who is here', async () => {
    const { changes } = await open(aoi);

    await open(ken);

    await vi.waitFor(() => expect(changes.slice(1)).toEqual([{ type: 'arrived', operator: face(ken) }]), WAIT);
  });

  it('[PR2] a second tab of an operator is no second arrival', async () => {
    const { changes } = await open(aoi);
    await open(ken);
    await open(ken);

    await open(mei);

    await vi.waitFor(() => expect(changes.at(-1)).toEqual({ type: 'arrived', operator: face(mei) }), WAIT);
    expect(changes.slice(1, -1)).toEqual([{ type: 'arrived', operator: face(ken) }]);
  });

  it('[PR3] who stays away for 3 s has left, and who is back before has not been gone', async () => {
    const { changes } = await open(aoi);
    const [away, back] = [await open(ken), await open(mei)];
    await vi.waitFor(() => expect(changes).toHaveLength(3), WAIT);

    back.client.hangUp();
    away.client.close();

    await vi.waitFor(() => expect(changes.slice(3)).toEqual([{ type: 'left', operatorId: ken!.operatorId }]), WAIT);
    expect(back.client.dials()).toBe(2);
  });

  it('[PR4] who says that they are away is away in all their tabs and for everybody, until the last tab has closed (A4)', async () => {
    const [first, second, other] = [await open(aoi), await open(aoi), await open(ken)];

    await first.client.api.presence.set.mutate({ availability: 'away' });

    const away = { type: 'changed', operator: face(aoi, 'away') };
    for (const { changes } of [first, second, other]) {
      await vi.waitFor(() => expect(changes.at(-1)).toEqual(away), WAIT);
    }
    expect((await open(mei)).changes[0]).toMatchObject({ operators: expect.arrayContaining([face(aoi, 'away')]) });
  });

  it('[PR4] saying the same again is told to nobody', async () => {
    const { client, changes } = await open(aoi);
    await client.api.presence.set.mutate({ availability: 'away' });
    await vi.waitFor(() => expect(changes).toHaveLength(2), WAIT);

    await client.api.presence.set.mutate({ availability: 'away' });
    await open(ken);

    await vi.waitFor(() => expect(changes.slice(2)).toEqual([{ type: 'arrived', operator: face(ken) }]), WAIT);
  });

  it('[PR5] what a tab last knew counts only where the server knows nothing: after its restart', async () => {
    const { changes } = await open(aoi, 'away');
    expect(changes[0]).toMatchObject({ operators: expect.arrayContaining([face(aoi, 'away')]) });
    desk.deps.presence.say(aoi!, 'online');

    const second = await open(aoi, 'away');

    expect(second.changes[0]).toMatchObject({ operators: expect.arrayContaining([face(aoi)]) });
  });
});
