import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Platform } from '../platform.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import type { Endpoint } from '../wire-log.ts';
import type { Channel } from '../world/channels.ts';
import { content } from './content.ts';
import { LineError } from './errors.ts';
import { answerErrors, meetFaults, recordOnTheWire, requireToken } from './hooks.ts';
import { readJsonBodies } from './json-body.ts';
import { info, profile } from './profile.ts';
import { push } from './push.ts';
import { reply } from './reply.ts';
import { retryKeyOf } from './retry-key.ts';
import { setWebhookEndpoint, testWebhook, webhookEndpoint } from './webhook-endpoint.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which part of LINE's API a route is; routes without one are not LINE's. */
    endpoint?: Endpoint;
  }
  interface FastifyRequest {
    /** Who calls. Set for every route of the API but the catch-all. */
    channel: Channel | null;
    startedAt: number;
  }
}

export type LineApi = { platform: Platform; sender: WebhookSender; portraitsUrl: () => string };

/** The paths of api.line.me and api-data.line.me, on one origin. What is not here is 404, as at LINE. */
export function lineApi({ platform, sender, portraitsUrl }: LineApi) {
  return async (api: FastifyInstance): Promise<void> => {
    readJsonBodies(api);
    answerErrors(api);
    requireToken(api, platform);
    meetFaults(api, platform);
    recordOnTheWire(api, platform);

    const as = (endpoint: Endpoint) => ({ config: { endpoint } });
    const message = (request: FastifyRequest) => ({
      body: request.body,
      retryKey: retryKeyOf(request),
      requestId: request.id,
    });

    api.post('/v2/bot/message/push', as('push'), async (request) => push(platform, caller(request), message(request)));
    api.post('/v2/bot/message/reply', as('reply'), async (request) =>
      reply(platform, caller(request), message(request)),
    );
    api.get<{ Params: { userId: string } }>('/v2/bot/profile/:userId', as('profile'), async (request) =>
      profile(platform, caller(request), request.params.userId, portraitsUrl()),
    );
    api.get('/v2/bot/info', as('info'), async (request) => info(caller(request)));
    api.get<{ Params: { messageId: string } }>(
      '/v2/bot/message/:messageId/content',
      as('content'),
      async (request, answer) => {
        const kept = content(platform, caller(request), request.params.messageId);
        return kept ? answer.type(kept.contentType).send(kept.bytes) : answer.code(202).send();
      },
    );
    api.get('/v2/bot/channel/webhook/endpoint', as('endpoint'), async (request) => webhookEndpoint(caller(request)));
    api.put('/v2/bot/channel/webhook/endpoint', as('endpoint'), async (request) =>
      setWebhookEndpoint(platform, caller(request), request.body),
    );
    api.post('/v2/bot/channel/webhook/test', as('test'), async (request) =>
      testWebhook(platform, sender, caller(request), request.body),
    );
    api.all('/*', as('other'), async () => {
      throw new LineError(404, 'Not found');
    });
  };
}

function caller({ channel }: FastifyRequest): Channel {
  if (!channel) throw new LineError(500, 'Internal server error');
  return channel;
}
