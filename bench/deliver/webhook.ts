import { createHmac } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { CHANNEL, customerOf } from '../benchDesk.ts';

/** Posts a signed webhook with one message of the room's customer; answers the status. */
export function postMessage(
  to: { port: number; path: string; agent: Agent },
  what: { number: number; room: string; text: string },
): Promise<number> {
  return posted(to, what).catch((error: NodeJS.ErrnoException) => {
    // A kept connection that the server gave up just then: the event has one id, however often it is sent.
    if (error.code === 'ECONNRESET') return posted(to, what);
    throw error;
  });
}

function posted(
  to: { port: number; path: string; agent: Agent },
  what: { number: number; room: string; text: string },
): Promise<number> {
  const [{ port, path, agent }, { number, room, text }] = [to, what];
  const event = {
    type: 'message',
    mode: 'active',
    timestamp: Date.now(),
    webhookEventId: `event-${number}`,
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId: customerOf(room) },
    message: { type: 'text', id: String(number), text },
  };
  const body = JSON.stringify({ destination: 'Ubench', events: [event] });
  const signature = createHmac('sha256', CHANNEL.secret).update(body).digest('base64');
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-line-signature': signature };
    const asked = request({ port, host: '127.0.0.1', path, method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
