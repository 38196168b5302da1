import { ChannelId, RefusalError } from '@sala/contracts';
import { isUnavailable } from '@sala/db';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { within } from '../unavailable.ts';
import { ingest } from './ingest.ts';
import { WebhookBody } from './lineEvent.ts';
import { isSigned } from './signature.ts';

/** LINE documents no limit for a webhook; a megabyte is many hundred events. */
const MAX_WEBHOOK_BYTES = 1024 * 1024;

/** LINE takes an answer that needs 2 s for a failure. What is stored after this is stored all the same. */
const ANSWER_WITHIN_MS = 1_800;

/**
 * POST /webhooks/line/:channelId. 200 once every event is stored (also for none); 401 for a wrong signature, 404 for
 * an unknown channel, 413 over a megabyte, 400 for what is no webhook: then nothing is stored. 503 when the database
 * does not answer in time, and any 5xx for a fault of ours, so that LINE may send again. Nothing slow happens before
 * the answer.
 */
export async function webhookRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  // The signature is over the bytes as they came, so nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post<{ Params: { channelId: string }; Body: Buffer | undefined }>(
    '/webhooks/line/:channelId',
    { bodyLimit: MAX_WEBHOOK_BYTES },
    async ({ params, headers, body = Buffer.alloc(0) }, reply) => {
      try {
        const work = receive(deps, params.channelId, { body, signature: headers['x-line-signature'] });
        const { status, error } = await within(ANSWER_WITHIN_MS, work);
        return await reply.code(status).send(error ? { error } : {});
      } catch (error) {
        if (!(error instanceof RefusalError) && !isUnavailable(error)) throw error;
        deps.log.warn({ err: error }, 'the database does not answer: LINE is asked to send again');
        return reply.code(503).send({ error: 'not now' });
      }
    },
  );
}

type Posted = { body: Buffer; signature: string | string[] | undefined };

/** Stores what a webhook brings; answers with its HTTP status, and why when it is refused. */
async function receive(
  deps: Deps,
  id: string,
  { body, signature }: Posted,
): Promise<{ status: number; error?: string }> {
  const channelId = ChannelId.safeParse(id);
  const channel = channelId.success ? await deps.channels.find(channelId.data) : null;
  if (!channel) return { status: 404, error: 'unknown channel' };
  if (!isSigned(body, signature, channel.secret)) return { status: 401, error: 'wrong signature' };
  const webhook = WebhookBody.safeParse(parsed(body));
  if (!webhook.success) return { status: 400, error: 'not a webhook' };
  const stored = await deps.events.store(channel.channelId, webhook.data.events);
  void ingest(deps, channel, stored);
  return { status: 200 };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // the schema refuses it
  }
}
