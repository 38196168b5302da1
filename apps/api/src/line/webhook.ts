import { ChannelId } from '@sala/contracts';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { ingest, storeEvents } from './ingest.ts';
import { WebhookBody } from './lineEvent.ts';
import { isSigned } from './signature.ts';

/** LINE documents no limit for a webhook; a megabyte is many hundred events. */
const MAX_WEBHOOK_BYTES = 1024 * 1024;

/**
 * POST /webhooks/line/:channelId. 200 once every event is stored (also for none); 401 for a wrong signature, 404 for
 * an unknown channel, 413 over a megabyte, 400 for what is no webhook: then nothing is stored. A fault of ours is a
 * 5xx, so that LINE may send again. Nothing slow happens before the answer.
 */
export async function webhookRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  // The signature is over the bytes as they came, so nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post<{ Params: { channelId: string }; Body: Buffer | undefined }>(
    '/webhooks/line/:channelId',
    { bodyLimit: MAX_WEBHOOK_BYTES },
    async (request, reply) => {
      const channelId = ChannelId.safeParse(request.params.channelId);
      const channel = channelId.success ? await deps.channels.find(channelId.data) : null;
      if (!channel) return reply.code(404).send({ error: 'unknown channel' });
      const body = request.body ?? Buffer.alloc(0);
      if (!isSigned(body, request.headers['x-line-signature'], channel.secret)) {
        return reply.code(401).send({ error: 'wrong signature' });
      }
      const webhook = WebhookBody.safeParse(parsed(body));
      if (!webhook.success) return reply.code(400).send({ error: 'not a webhook' });
      const stored = await storeEvents(deps, channel.channelId, webhook.data.events);
      void ingest(deps, channel, stored);
      return reply.code(200).send({});
    },
  );
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // the schema refuses it
  }
}
