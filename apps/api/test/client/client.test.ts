import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { RoomEvent } from '@sala/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createSalaClient, refusalOf, type SalaClient } from '../../../../packages/client/src/index.ts';
import { openDesk, type TestDesk, type TestOperator, WAIT } from '../desk/desk.ts';
import { newRoom, said, seqsOf, textsOf } from '../desk/rooms.ts';

let desk: TestDesk;
let aoi: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped', attendance: 'own' });
  aoi = await desk.operator('Aoi');
});
afterAll(() => desk.close());

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const newKey = () => aoi.api.keys.add({ name: 'client', scopes: ['read', 'write'], days: 1 });

/** Collects what is followed, until it ends; `ended` is how. */
function collect(sala: SalaClient, conversationId: string, signal?: AbortSignal) {
  const events: RoomEvent[] = [];
  const ended = (async () => {
    for await (const event of sala.room(conversationId).follow({ ...(signal && { signal }) })) events.push(event);
  })().then(
    () => 'left',
    (error: unknown) => error,
  );
  return { events, ended };
}

/** A way to the desk that can be cut. */
async function line() {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(desk.url).port), '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}

describe('Public API (AP), the typed client', () => {
  it('[AP8] follows a conversation over cut lines: every event, in order, once', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    const way = await line();
    const { secret } = await newKey();
    const sala = createSalaClient({ url: way.url, key: secret, chance: () => 0 });
    const { events, ended } = collect(sala, conversationId);
    await vi.waitFor(() => expect(textsOf(events)).toEqual(['one']), WAIT);

    for (const word of ['two', 'three', 'four']) {
      way.cut();
      await desk.deps.rooms.change({ conversationId }, () => [said(word)]);
      await vi.waitFor(() => expect(textsOf(events).at(-1)).toBe(word), WAIT);
    }

    expect(textsOf(events)).toEqual(['one', 'two', 'three', 'four']);
    expect(seqsOf(events)).toEqual([...new Set(seqsOf(events))]);
    sala.close();
    expect(await ended).toMatchObject({ name: 'SalaEnded', why: 'closed' });
    way.close();
  });

  it('[AP8] the rows of a view come first as a list, and then as they change, over a cut line, too', async () => {
    const first = await desk.waiting('First');
    const way = await line();
    const sala = createSalaClient({ url: way.url, key: (await newKey()).secret, chance: () => 0 });
    const leave = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { conversationId } of sala.inbox('waiting').follow({ signal: leave.signal })) {
        seen.push(conversationId);
      }
    })();
    await vi.waitFor(() => expect(seen).toContain(first.conversationId), WAIT);

    way.cut();
    const second = await desk.waiting('Second');

    await vi.waitFor(() => expect(seen).toContain(second.conversationId), WAIT);
    leave.abort();
    await reading;
    sala.close();
    way.close();
  });

  it('[AP9] ends visibly: when its key is removed, is none, or when the stream is refused', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    const { key, secret } = await newKey();
    const onEnded = vi.fn<(why: string) => void>();
    const sala = createSalaClient({ url: desk.url, key: secret, onEnded });
    const { events, ended } = collect(sala, conversationId);
    const unknown = collect(sala, 'unknown');
    await vi.waitFor(() => expect(events).toHaveLength(1), WAIT);

    await aoi.api.keys.remove({ keyId: key.keyId });

    expect(refusalOf(await unknown.ended)).toEqual({ code: 'NOT_FOUND' });
    expect(await ended).toMatchObject({ name: 'SalaEnded', why: 'signedOut' });
    expect(onEnded.mock.calls).toEqual([['signedOut']]);

    const never = createSalaClient({ url: desk.url, key: secret });
    expect(await collect(never, conversationId).ended).toMatchObject({ name: 'SalaEnded', why: 'signedOut' });
  });

  it('[AP9] whoever leaves has left: nothing is followed any more', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    const sala = createSalaClient({ url: desk.url, key: (await newKey()).secret });
    const leave = new AbortController();
    const { events, ended } = collect(sala, conversationId, leave.signal);
    await vi.waitFor(() => expect(events).toHaveLength(1), WAIT);

    leave.abort();

    expect(await ended).toBe('left');
    await desk.deps.rooms.change({ conversationId }, () => [said('two')]);
    expect(textsOf(events)).toEqual(['one']);
    sala.close();
  });

  it('[AP9] comes in with the cookie of a sign-in, too', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    const sala = createSalaClient({ url: desk.url, cookie: await desk.cookieOf(aoi), origin: desk.publicUrl });
    const { events } = collect(sala, conversationId);

    expect(await sala.api.me.get.query()).toMatchObject({ operatorId: aoi.operatorId });
    await vi.waitFor(() => expect(events).toHaveLength(1), WAIT);
    sala.close();
  });

  it('[AP11] comes in with tickets, renews them on the open socket, and ends when there are none', async () => {
    const { conversationId } = await newRoom(desk, [said('one')]);
    const page = createSalaClient({ url: desk.url, cookie: await desk.cookieOf(aoi), origin: desk.publicUrl });
    let [asked, isSignedIn] = [0, true];
    const soon = () => new Date(Date.now() + 1_000).toISOString();
    const ticket = async () => {
      asked += 1;
      // Believed to run out soon, so that it is renewed while the test waits.
      return isSignedIn ? { ...(await page.api.me.socketTicket.mutate()), expiresAt: soon() } : null;
    };
    const states: string[] = [];
    const sala = createSalaClient({
      url: desk.url,
      ticket,
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      onConnection: (state) => states.push(state),
    });
    const { events, ended } = collect(sala, conversationId);
    await vi.waitFor(() => expect(events).toHaveLength(1), WAIT);
    expect(await sala.api.me.get.query()).toMatchObject({ operatorId: aoi.operatorId });

    await vi.waitFor(() => expect(asked).toBe(2), { timeout: 15_000 });
    await desk.deps.rooms.change({ conversationId }, () => [said('two')]);
    await vi.waitFor(() => expect(textsOf(events)).toEqual(['one', 'two']), WAIT);
    expect(states).toEqual(['open']);
    isSignedIn = false;

    expect(await ended).toMatchObject({ why: 'signedOut' });
    page.close();
  }, 40_000);

  it('[AP10] the bot of the documentation claims and answers, and ends when its key does', async () => {
    const { key, secret } = await newKey();
    const bot = spawn(process.execPath, ['--import', 'tsx', 'docs/examples/answeringBot.ts'], {
      cwd: root,
      env: { ...process.env, SALA_URL: desk.url, SALA_KEY: secret },
    });
    let words = '';
    bot.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
    bot.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const exit = new Promise<number | null>((resolve) => bot.once('exit', resolve));
    await vi.waitFor(() => expect(words).toContain('answering as Aoi'), { timeout: 30_000 });

    const { conversationId, customer } = await desk.waiting('Somchai');
    const answers = async () =>
      (await desk.log(conversationId)).flatMap(({ fact }) =>
        fact.type === 'operator.wrote' && fact.content.type === 'text' ? [fact.content.text] : [],
      );
    await vi.waitFor(async () => expect(await answers()).toHaveLength(1), WAIT);
    await customer.says('my parcel');
    await vi.waitFor(async () => expect((await answers()).at(-1)).toBe('You wrote: my parcel'), WAIT);
    await aoi.api.keys.remove({ keyId: key.keyId });

    expect(await exit).toBe(1);
    expect(words).toContain('signedOut');
  }, 60_000);
});
