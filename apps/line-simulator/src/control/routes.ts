import type { FastifyError, FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import type { Platform } from '../platform.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import { NotPossible } from '../world/acting.ts';
import { CONTENT_BYTES_LIMIT } from '../world/contents.ts';
import { chatRoutes } from './chat-routes.ts';
import { contentRoutes } from './content-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { logRoutes } from './log-routes.ts';
import { newsStream } from './news-stream.ts';
import { NotHere } from './not-here.ts';
import { peopleRoutes } from './people-routes.ts';

/** The largest content in base64, and what is written around it. */
const MAX_CONTROL_BODY_BYTES = Math.ceil(CONTENT_BYTES_LIMIT / 3) * 4 + 100_000;

export type Control = { platform: Platform; sender: WebhookSender };

/** Everything under /_sim: how the page and tests play the people and break the line. */
export function controlApi({ platform, sender }: Control) {
  return async (api: FastifyInstance): Promise<void> => {
    api.addHook('onRoute', (route) => {
      route.bodyLimit ??= MAX_CONTROL_BODY_BYTES;
    });
    api.setErrorHandler<FastifyError>((error, _, reply) => {
      const { status, body } = refusal(error);
      return reply.code(status).send(body);
    });
    peopleRoutes(api, platform);
    chatRoutes(api, platform, sender);
    faultRoutes(api, platform);
    logRoutes(api, platform);
    contentRoutes(api, platform);
    newsStream(api, platform);
  };
}

function refusal(error: FastifyError): { status: number; body: { message: string; issues?: unknown } } {
  if (error instanceof ZodError) {
    return { status: 400, body: { message: 'The request is not as it should be', issues: error.issues.slice(0, 20) } };
  }
  if (error instanceof NotHere) return { status: 404, body: { message: error.message } };
  if (error instanceof NotPossible || error instanceof RangeError)
    return { status: 409, body: { message: error.message } };
  return { status: error.statusCode ?? 500, body: { message: error.message } };
}
