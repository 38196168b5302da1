import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TestDesk } from '../desk/desk.ts';
import { upgradeStatusWith } from '../desk/keys.ts';
import { openEventStream } from '../desk/eventStream.ts';

/** What became of a call: it was answered, or refused with a code. */
export type Asked = { path: string; type: 'query' | 'mutation' | 'subscription'; input: unknown };
type Headers = Record<string, string>;
type Failure = { message?: string; data?: { refusal?: { code: string } | null; code?: string } };

const codeOf = ({ message, data }: Failure): string => data?.refusal?.code ?? data?.code ?? message ?? 'no code';

/** Asks over plain HTTP; a stream is asked for its first word. */
export async function overHttp(desk: TestDesk, headers: Headers, { path, type, input }: Asked): Promise<string> {
  if (type === 'subscription') return firstWord(desk, headers, path, input);
  const query = type === 'query' && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const answer = await fetch(`${desk.url}/trpc/${path}${query}`, {
    method: type === 'query' ? 'GET' : 'POST',
    headers: { ...headers, ...(type === 'mutation' && { 'content-type': 'application/json' }) },
    ...(type === 'mutation' && { body: JSON.stringify(input ?? {}) }),
  });
  const { error } = (await answer.json()) as { error?: Failure };
  return error ? codeOf(error) : 'ok';
}

async function firstWord(desk: TestDesk, headers: Headers, path: string, input: unknown): Promise<string> {
  const stream = await openEventStream(desk, path, { headers, input: input ?? {} });
  try {
    const word = () =>
      stream.said.find(({ name }) => name === null || name === 'serialized-error' || name === 'return');
    for (let look = 0; look < 500 && !word(); look += 1) {
      if (await Promise.race([stream.ended.then(() => true), pause(20).then(() => false)])) break;
    }
    const said = word();
    if (!said) return stream.status === 401 ? 'NOT_SIGNED_IN' : `nothing (${stream.status})`;
    return said.name === 'serialized-error' ? codeOf(said.data as Failure) : 'ok';
  } finally {
    stream.hangUp();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A socket of somebody, for many calls; or the refusal of one. */
export async function openSocket(desk: TestDesk, headers: Headers) {
  const status = await upgradeStatusWith(desk, headers);
  if (status !== 101) {
    return { ask: async () => (status === 401 ? 'NOT_SIGNED_IN' : `upgrade ${status}`), close: () => undefined };
  }
  const ws = new WebSocket(`${desk.url.replace('http', 'ws')}/trpc`, { headers });
  await once(ws, 'open');
  let id = 0;
  const ask = async ({ path, type, input }: Asked): Promise<string> => {
    const mine = (id += 1);
    const answer = new Promise<string>((resolve) => {
      const hear = (data: Buffer) => {
        const said = JSON.parse(data.toString()) as { id?: number; error?: Failure; result?: { type?: string } };
        if (said.id !== mine || said.result?.type === 'started') return;
        ws.off('message', hear);
        resolve(said.error ? codeOf(said.error) : 'ok');
      };
      ws.on('message', hear);
      ws.once('close', (code) => resolve(`closed ${code}`));
    });
    ws.send(JSON.stringify({ id: mine, jsonrpc: '2.0', method: type, params: { path, input: input ?? {} } }));
    const outcome = await answer;
    if (type === 'subscription' && ws.readyState === ws.OPEN) {
      ws.send(JSON.stringify({ id: mine, jsonrpc: '2.0', method: 'subscription.stop' }));
    }
    return outcome;
  };
  return { ask, close: () => ws.terminate() };
}
