import { RefusalError } from '@sala/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { shownIn } from '../auth/shown.ts';
import { createCaller } from '../trpc/appRouter.ts';
import { createContext } from '../trpc/context.ts';
import { assertShallow } from '../wire/depth.ts';
import { type PlainOptions, sendError } from './answer.ts';
import { describeApi } from './description.ts';
import { STYLES, pageOf } from './page.ts';
import { inputOf, type Route, ROUTES } from './routes.ts';
import { queryReader } from './inputs.ts';

/**
 * The public procedures as plain HTTP, with the same rights, limits and refusals; their OpenAPI description, and a page
 * that shows it. Everything is done by keys; a browser that is signed in may look, too.
 */
export async function publicApi(app: FastifyInstance, options: PlainOptions): Promise<void> {
  const description = describeApi();
  const page = pageOf(description);
  app.get('/openapi.json', () => description);
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/docs.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLES));
  for (const route of ROUTES) serve(app, route, options);

  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: { code: 'NOT_FOUND' } }));
  // A body that is none: nothing of ours has been asked yet.
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 500) return sendError(reply, error, createContext(options.deps, null));
    const refusal = statusCode === 413 ? { code: 'TOO_LARGE' } : { code: 'INVALID', issues: [] };
    return reply.code(statusCode).send({ error: refusal });
  });
}

function serve(app: FastifyInstance, route: Route, { deps, contextOf }: PlainOptions): void {
  const [folder, name] = route.procedure.split('.') as [string, string];
  const readQuery = queryReader(inputOf(route));
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      let context = createContext(deps, null);
      try {
        const asked = route.method === 'GET' ? readQuery(request.query as Record<string, unknown>) : bodyOf(request);
        // With a cookie a page could be made to act: whoever acts here shows a key.
        if (route.method === 'GET' || shownIn(request.headers).key !== undefined) {
          context = await contextOf(request, reply);
        }
        const caller = createCaller(context) as unknown as Record<string, Record<string, Procedure>>;
        const answer = await caller[folder]![name]!({ ...asked, ...(request.params as object) });
        return await reply.header('cache-control', 'no-store').send(answer);
      } catch (error) {
        return sendError(reply, error, context);
      }
    },
  });
}

type Procedure = (input: unknown) => Promise<unknown>;

/** @throws INVALID for a body that is no object */
function bodyOf({ body }: FastifyRequest): object {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new RefusalError({ code: 'INVALID', issues: [] });
  assertShallow(body);
  return body;
}
