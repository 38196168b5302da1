import { afterEach } from 'vitest';
import { createSimulator, type Simulator } from '../src/index.ts';
import { startBot, type Bot } from './bot.ts';

export const CHANNEL = {
  id: '1650000001',
  secret: '0123456789abcdef0123456789abcdef',
  accessToken: 'token-of-the-teak-house',
  name: 'บ้านไม้ริมน้ำ',
  botUserId: 'U00000000000000000000000000000001',
};

export type Answer = {
  status: number;
  headers: Headers;
  body: { message?: string; details?: unknown; sentMessages?: { id: string; quoteToken?: string }[] };
};

export type Stage = Simulator & {
  bot: Bot;
  /** Moves the simulator's clock. Timers are not moved by it. */
  later: (ms: number) => void;
  /** Calls the API as the channel's bot. Rejects when the connection breaks. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  push: (to: string, text: string, retryKey?: string) => Promise<Answer>;
  reply: (replyToken: string | null, text: string, headers?: Record<string, string>) => Promise<Answer>;
};

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((close) => close()));
});

/** A simulator and a bot on ports of their own; both end with the test. */
export async function setStage(): Promise<Stage> {
  let movedMs = 0;
  const bot = await startBot();
  const simulator = await createSimulator({
    channels: [{ ...CHANNEL, webhookUrl: bot.url }],
    clock: () => Date.now() + movedMs,
  });
  running.push(simulator.close, bot.close);

  const call: Stage['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${CHANNEL.accessToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { message: text } };
  };

  return {
    ...simulator,
    bot,
    call,
    later(ms) {
      movedMs += ms;
    },
    push: (to, text, retryKey) =>
      call(
        'POST',
        '/v2/bot/message/push',
        { to, messages: [{ type: 'text', text }] },
        retryKey ? { 'x-line-retry-key': retryKey } : {},
      ),
    reply: (replyToken, text, headers) =>
      call('POST', '/v2/bot/message/reply', { replyToken, messages: [{ type: 'text', text }] }, headers),
  };
}
