/*
 * A bot that takes every conversation that waits, and answers until somebody closes it or passes it on.
 *
 *   SALA_URL=http://localhost:3000 SALA_KEY=sala_… node --import tsx docs/examples/answeringBot.ts
 *
 * The key needs the scopes `read` and `write`. Ctrl-C ends it; so does the desk, when the key is removed or expires.
 */
import { randomUUID } from 'node:crypto';
import { createSalaClient, refusalOf, SalaEnded } from '@sala/client';

const { SALA_URL = 'http://localhost:3000', SALA_KEY } = process.env;
if (!SALA_KEY) throw new Error('SALA_KEY is needed: a key with the scopes read and write');

const leaving = new AbortController();
process.once('SIGINT', () => leaving.abort());
process.once('SIGTERM', () => leaving.abort());

const sala = createSalaClient({
  url: SALA_URL,
  key: SALA_KEY,
  onConnection: (state) => console.error(state === 'open' ? 'connected' : 'not connected: dialling again'),
});
const me = await sala.api.me.get.query();
console.log(`answering as ${me.name}`);

/** One answer. Under its own id, so that asking again after a broken line sends nothing twice. */
async function say(conversationId: string, text: string): Promise<void> {
  await sala.api.room.send.mutate({ conversationId, messageId: randomUUID(), content: { type: 'text', text } });
}

/** From the claim until the session is somebody else's, or over. */
async function attend(conversationId: string): Promise<void> {
  const { seq } = await sala.api.room.claim.mutate({ conversationId });
  await say(conversationId, 'Hello! What can I do for you?');
  for await (const { fact } of sala.room(conversationId).follow({ after: seq, signal: leaving.signal })) {
    if (fact.type === 'session.closed' || fact.type === 'session.transferred') return;
    if (fact.type !== 'customer.wrote' || fact.content.type !== 'text') continue;
    await say(conversationId, `You wrote: ${fact.content.text}`);
  }
}

/** What the desk refuses here is no trouble: somebody was faster, or has closed the conversation meanwhile. */
function forgive(error: unknown): void {
  const refusal = refusalOf(error);
  if (!refusal && !(error instanceof SalaEnded)) throw error;
  console.error(`left a conversation: ${refusal?.code ?? 'ended'}`);
}

try {
  for await (const { conversationId, head } of sala.inbox('waiting').follow({ signal: leaving.signal })) {
    if (head.session?.status === 'WAITING') void attend(conversationId).catch(forgive);
  }
} catch (error) {
  if (!(error instanceof SalaEnded)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  sala.close();
}
