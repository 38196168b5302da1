import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import { RefusalError } from '@sala/contracts';
import type { TRPCError } from '@trpc/server';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { auditRoutes } from './audit/auditRoutes.ts';
import { type Auth } from './auth/auth.ts';
import { authRoutes } from './auth/authRoutes.ts';
import { identityAtWork, identityOf, shownIn } from './auth/shown.ts';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';
import type { Deps } from './deps.ts';
import { webhookRoutes } from './line/webhook.ts';
import { API_PREFIX } from './publicApi/description.ts';
import { publicApi } from './publicApi/publicApi.ts';
import { spaRoutes } from './spaRoutes.ts';
import { appRouter } from './trpc/appRouter.ts';
import { createContext } from './trpc/context.ts';
import { asTRPCError, refusalIn } from './trpc/refusals.ts';
import { assertShallow } from './wire/depth.ts';
import type { Origins } from './wire/origins.ts';
import { MAX_EVENT_STREAMS, Places } from './wire/places.ts';
import { type Crowd, CROWD } from './wire/turnstile.ts';
import { sayFarewell } from './wire/farewell.ts';
import { IdentityWatch } from './wire/identityWatch.ts';
import { type Heartbeat, HEARTBEAT, serveSockets } from './wire/upgrade.ts';

/** Bodies of calls: a message is at most 5,000 characters. LINE's webhooks have a limit of their own. */
const MAX_BODY_BYTES = 128 * 1024;

/** Slow senders are not waited for. */
const TIMEOUTS = { requestTimeout: 30_000, keepAliveTimeout: 72_000, connectionTimeout: 0 };

/** Far more than a desk has; past it connections are not taken, instead of everybody becoming slow. */
const MAX_CONNECTIONS = 10_000;

/** How long requests under way are waited for at the end. */
const FINISH_WITHIN_MS = 5_000;

export type ServerOptions = {
  deps: Deps;
  auth: Auth;
  origins: Origins;
  /** Where the built admin lies; without it only the API is served. */
  adminDir: string | null;
  /** Further places pictures may come from: a simulator's portraits. */
  imageOrigins: string[];
  isReady: () => Promise<boolean>;
  /** How many proxies stand before the server, whose word on addresses is taken. */
  trustProxy?: number;
  heartbeat?: Heartbeat;
  crowd?: Crowd;
};

/** Answers requests once it listens. */
export type DeskServer = FastifyInstance & {
  /**
   * Tells everybody that the server is about to close: it is not ready any more, nobody new comes in, sockets (4503) and
   * streams end over a few seconds. Requests are still answered until it closes. Before all that, for `drainMs`, it only
   * says that it is not ready.
   */
  goodbye: (drainMs?: number) => Promise<void>;
};

/** Everything on one port: tRPC, sign-in, webhooks, health, and the admin on every other path. */
export async function createServer(options: ServerOptions): Promise<DeskServer> {
  const { deps, auth, origins, adminDir, imageOrigins, isReady, heartbeat = HEARTBEAT, crowd = CROWD } = options;
  const logger: FastifyBaseLogger = deps.log;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: (_address, hop) => hop < (options.trustProxy ?? 0),
    routerOptions: { maxParamLength: 5_000 }, // the path of a batch names all its procedures
    forceCloseConnections: 'idle',
    return503OnClosing: false, // what still comes is still answered
    ...TIMEOUTS,
  });
  app.server.headersTimeout = 10_000;
  app.server.maxConnections = MAX_CONNECTIONS;
  const streams = new Set<FastifyReply['raw']>();
  const places = new Places(MAX_EVENT_STREAMS);
  const identities = new IdentityWatch(deps);
  let leaving: Promise<void> | undefined;
  let hasLeft = false;

  await app.register(helmet, { contentSecurityPolicy: contentSecurityPolicy(imageOrigins) });
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1_024 });

  app.addHook('onRequest', async (request, reply) => {
    if (isForeign(request, origins)) await reply.code(403).send({ error: 'foreign origin' });
  });

  app.addHook('onRequest', async (request, reply) => {
    if (hasLeft && isStream(request)) await reply.code(503).send({ error: 'not now' });
  });
  app.addHook('onSend', async (request, reply) => {
    // A client that keeps its connection would go on asking a server that is about to close.
    if (leaving) reply.header('connection', 'close');
    if (!isStream(request)) return;
    streams.add(reply.raw);
    reply.raw.once('close', () => streams.delete(reply.raw));
  });

  const contextOf = async (req: FastifyRequest, res: FastifyReply) => {
    const shown = shownIn(req.headers);
    const { identity, cookies } = await identityAtWork({ deps, auth }, shown).catch(asAnswer);
    for (const renewed of cookies) res.header('set-cookie', renewed);
    if (identity && isStream(req)) {
      const ask = () => identityOf({ deps, auth }, shown);
      res.raw.once('close', identities.watch({ identity, ask, end: () => void res.raw.destroy() }));
    }
    return createContext(deps, identity, {
      streams: places,
      poll: req.headers[POLL_HEADER] === '1',
      address: req.ip,
    });
  };

  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) =>
    !leaving && (await isReady()) ? { status: 'ready' } : reply.code(503).send({ status: 'not ready' }),
  );
  await app.register(webhookRoutes, { deps });
  await app.register(authRoutes, { auth });
  await app.register(auditRoutes, { deps, contextOf });
  await app.register(publicApi, { prefix: API_PREFIX, deps, contextOf });
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      maxBatchSize: 20,
      createContext: async ({ req, res }: { req: FastifyRequest; res: FastifyReply }) => {
        assertShallow(req.body);
        // As tRPC will read it: of several it takes the first, and it decodes what others give up on.
        for (const input of new URLSearchParams(req.url.slice(req.url.indexOf('?') + 1)).getAll('input'))
          assertShallow(input);
        return contextOf(req, res);
      },
      // Without a context there was nobody to give the fault its number. A mistaken call is no fault.
      onError: ({ error, ctx }: { error: TRPCError; ctx?: unknown }) => {
        if (!ctx && !refusalIn(error)) deps.log.error({ err: error.cause ?? error }, 'a call failed before it began');
      },
    },
  });
  if (adminDir && existsSync(path.join(adminDir, 'index.html'))) await app.register(spaRoutes, { adminDir });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) deps.log.error({ err: error }, 'a request failed');
    return reply.code(status).send({ error: ERRORS[status] ?? (status >= 500 ? 'internal' : 'bad request') });
  });

  const sockets = serveSockets(app.server, {
    deps,
    auth,
    origins,
    heartbeat,
    crowd,
    identities,
    hops: options.trustProxy ?? 0,
  });
  const goodbye = (drainMs = 0) =>
    (leaving ??= pause(drainMs).then(async () => {
      hasLeft = true;
      identities.close();
      await sayFarewell([...sockets.leave(), ...[...streams].map((stream) => () => void stream.destroy())]);
    }));
  app.addHook('preClose', async () => {
    await goodbye();
    await sockets.close();
    const force = setTimeout(() => app.server.closeAllConnections(), FINISH_WITHIN_MS);
    app.server.once('close', () => clearTimeout(force));
  });
  return Object.assign(app, { goodbye });
}

/** @throws what tRPC answers in place of a context. */
const asAnswer = (error: unknown): never => {
  throw error instanceof RefusalError ? asTRPCError(error) : error;
};

const isStream = ({ headers }: FastifyRequest): boolean => headers.accept === 'text/event-stream';

/** With the value 1, a stream ends as soon as it has nothing more to say: for clients through which nothing flows. */
const POLL_HEADER = 'x-sala-poll';

const ERRORS: Record<number, string> = { 413: 'too large', 415: 'unsupported media type' };

/** A page of another origin that would change something here; to follow a stream is to be seen, too. Webhooks carry no origin, and no cookie either. */
function isForeign({ method, headers, url }: FastifyRequest, origins: Origins): boolean {
  const changesNothing = (method === 'GET' || method === 'HEAD') && !url.startsWith('/trpc/');
  if (changesNothing || url.startsWith('/webhooks/')) return false;
  return headers.origin !== undefined && !origins.has(headers.origin);
}
