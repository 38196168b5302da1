import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask } from './ask.ts';

const WITHIN_MS = 50;
const BODY = gzipSync('{"sentMessages":[{"id":"461230966842064897"}]}');

/** Where somebody answers like this. */
async function service(answer: (response: ServerResponse) => void): Promise<URL> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const fateOf = (asking: Promise<unknown>) =>
  Promise.race([
    asking.then(
      () => 'answered',
      ({ name }: Error) => name,
    ),
    pause(10 * WITHIN_MS, 'never settled'),
  ]);

describe('Delivery (DE)', () => {
  it('[DE18] a time that ends between the last bytes of an answer and their decompression ends the asking', async () => {
    const url = await service((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(BODY.subarray(0, -20));
      setTimeout(() => response.end(BODY.subarray(-20)), 20);
    });
    const untilTooLate = () => {
      const begunAt = performance.now();
      while (performance.now() < begunAt + WITHIN_MS);
    };
    subscribe('undici:request:trailers', untilTooLate);
    onTestFinished(() => void unsubscribe('undici:request:trailers', untilTooLate));

    const fates: string[] = [];
    for (let asked = 0; asked < 5; asked += 1) fates.push(await fateOf(ask(url, { withinMs: WITHIN_MS })));

    expect(fates).not.toContain('never settled');
  });

  it('[DE18] of an answer without an end the beginning is read', async () => {
    const url = await service((response) => {
      const goOn = (): unknown => response.destroyed || (response.write('x'.repeat(9_999)), setImmediate(goOn));
      goOn();
    });

    const { ok, text } = await ask(url, { withinMs: 10_000 });

    expect({ ok, length: text.length }).toEqual({ ok: true, length: 65_536 });
  });
});
