import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProxy, type FaultProxy } from './proxy.ts';

const SOON_MS = 50;

describe('Faults (FA), the proxy', () => {
  let heard: string;
  let echo: Server;
  let proxy: FaultProxy;
  beforeEach(async () => {
    heard = '';
    echo = createServer((socket) => {
      socket.on('error', () => undefined); // it is cut on purpose
      socket.on('data', (data) => {
        heard += data.toString();
        socket.write(data);
      });
    });
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await createProxy(() => [(echo.address() as AddressInfo).port]);
  });
  afterEach(async () => {
    await proxy.close();
    echo.close();
  });

  /** A connection through the proxy, what came back over it, and how it ended. */
  async function dial(): Promise<{
    socket: Socket;
    answers: () => string;
    end: () => string | null;
    closed: Promise<unknown>;
  }> {
    let answers = '';
    let end: string | null = null;
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('data', (data) => (answers += data.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code ?? error.message));
    socket.on('end', () => (end ??= 'goodbye'));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await once(socket, 'connect');
    return { socket, answers: () => answers, end: () => end, closed };
  }

  it('[FA5] lets everything through in fair weather, goodbyes included', async () => {
    const { socket, answers } = await dial();
    socket.end('hello');
    await once(socket, 'close');

    expect(answers()).toBe('hello');
  });

  it('[FA5] cuts with a reset', async () => {
    const { socket, end, closed } = await dial();
    socket.write('hello');
    await once(socket, 'data');
    proxy.cut();
    await closed;

    expect(end()).toBe('ECONNRESET');
  });

  it('[FA5] leaves a connection half open without a word, and lets go on what it held back', async () => {
    const { socket, answers, end } = await dial();
    proxy.freeze();
    socket.write('hello');
    await pause(SOON_MS);
    expect([heard, answers(), end()]).toEqual(['', '', null]);

    proxy.thaw();
    await once(socket, 'data');
    expect(answers()).toBe('hello');
    socket.destroy();
  });

  it('[FA5] loses answers of what was done', async () => {
    const { socket, answers, end, closed } = await dial();
    socket.write('first');
    await once(socket, 'data');
    const lost = proxy.loseAnswers(SOON_MS);
    socket.write('second');
    await Promise.all([lost, closed]);

    expect([heard, answers(), end()]).toEqual(['firstsecond', 'first', 'ECONNRESET']);
  });
});
