import { type Operator, refuse, RefusalError, type Scope } from '@sala/contracts';
import { isUnavailable } from '@sala/db';
import { initTRPC, TRPCError } from '@trpc/server';
import type { Identity, Via } from '../auth/identity.ts';
import type { Deps } from '../deps.ts';
import { WINDOW_MS } from '../limit/limits.ts';
import { unavailable, within } from '../unavailable.ts';
import type { Wire } from '../wire/wire.ts';
import type { Context } from './context.ts';
import { whatThereIs } from './poll.ts';
import { asTRPCError, refusalIn } from './refusals.ts';
import { Watched } from './watched.ts';

/** Streams over HTTP: a sign of life this often, and a client that misses it for so long asks anew. */
const SSE_PING_MS = 15_000;
const SSE_SILENT_MS = 40_000;

/** Then the client comes back by itself, resumes, and its sign-in is looked at again. */
const SSE_FOR_MS = 5 * 60_000;

/**
 * `scope`: what a key needs to call a procedure. Without one it is not for keys. `renews`: it may be called over a socket
 * whose ticket has run out.
 */
type Meta = { scope?: Scope; renews?: true };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: {
      enabled: true,
      ping: { enabled: true, intervalMs: SSE_PING_MS },
      maxDurationMs: SSE_FOR_MS,
      client: { reconnectAfterInactivityMs: SSE_SILENT_MS },
    },
    errorFormatter({ shape, error, ctx }) {
      const refusal = refusalIn(error);
      const { code, httpStatus, path } = shape.data;
      // What went wrong inside stays inside: whoever asks gets a number that finds it in the log.
      const correlationId = refusal ? null : (ctx?.correlationId(error) ?? null);
      return {
        code: shape.code,
        message: refusal ? refusal.code : 'INTERNAL',
        data: { code, httpStatus, path, refusal, correlationId },
      };
    },
  });

/** Longer than the database may take for one thing (packages/db): what waits behind others has an end, too. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * A foreseen "no" thrown inside a procedure becomes a tRPC error with the refusal as its cause, and so does a database
 * that does not answer. `next` never throws: a failure is a result, too. A stream has only handed over its generator
 * so far, so it is wrapped.
 */
const translateRefusals = t.middleware(async ({ ctx, type, next }) => {
  const result = await (type === 'subscription' ? next() : within(ANSWER_WITHIN_MS, next()).catch(translated(ctx)));
  if (!result.ok) return translated(ctx)(result.error);
  return isStream(result.data) ? { ...result, data: new Watched(result.data, { failed: translated(ctx) }) } : result;
});

const isStream = (data: unknown): data is AsyncIterable<unknown> =>
  typeof data === 'object' && data !== null && Symbol.asyncIterator in data;

/** @throws the error as whoever asked shall see it. */
const translated =
  (ctx: Context) =>
  (error: unknown): never => {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof RefusalError) throw asTRPCError(cause);
    if (!isUnavailable(cause)) throw error;
    ctx.notNow(cause);
    throw asTRPCError(unavailable());
  };

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Somebody of whom it is not known who they are. */
export type Visitor = Deps & { operator: null; via: { type: 'system' }; address: string | null };

/** For everybody, also whom nobody knows. Calls of one address are counted. @throws RATE_LIMITED */
export const publicProcedure = t.procedure.use(translateRefusals).use(async ({ ctx: { deps, address }, next }) => {
  await deps.tries.begin('public', { address });
  const visitor: Visitor = { ...deps, operator: null, via: { type: 'system' }, address };
  return next({ ctx: visitor });
});

/**
 * For whoever is signed in, and for keys with the procedure's scope, and does not call too often. A stream ends when
 * `ctx.signal` says so.
 * @throws NOT_SIGNED_IN, SIGNED_OUT, NOT_ALLOWED, RATE_LIMITED
 */
export const operatorProcedure = t.procedure
  .use(translateRefusals)
  .use(async ({ ctx, meta, type, signal: asked, next }) => {
    const { deps, identity, address, wire, poll } = ctx;
    if (!identity) return refuse({ code: 'NOT_SIGNED_IN' });
    if (ctx.lease?.hasRunOut && !meta?.renews) refuse({ code: 'SIGNED_OUT' });
    const { operator, via } = identity;
    await countCall(deps, identity, wire);
    if (!isInScope(via, meta)) refuse({ code: 'NOT_ALLOWED' });
    const ended = new AbortController();
    const signal = poll && asked ? AbortSignal.any([asked, ended.signal]) : (asked ?? ended.signal);
    const leave = type === 'subscription' ? streamBegins({ ...ctx, operator }) : wire?.bounds.call();
    if (type === 'subscription' && leave) signal.addEventListener('abort', leave, { once: true });
    const result = await next({ ctx: { ...deps, operator, via, address, wire, lease: ctx.lease, poll, signal } });
    if (!result.ok || !isStream(result.data)) leave?.();
    else if (poll) return { ...result, data: whatThereIs(result.data, () => ended.abort()) };
    else if (leave) return { ...result, data: new Watched(result.data, { ended: leave }) };
    return result;
  });

/**
 * Ends with the answer, where streams are counted: on a socket, and over HTTP, but for polls, which end by themselves.
 * @throws RATE_LIMITED when there are too many
 */
function streamBegins({
  operator,
  wire,
  streams,
  poll,
}: Pick<Context, 'wire' | 'streams' | 'poll'> & { operator: Operator }) {
  if (wire) return wire.bounds.subscribe();
  if (!streams || poll) return undefined;
  return streams.take(operator.operatorId) ?? refuse({ code: 'RATE_LIMITED', retryAfterMs: WINDOW_MS });
}

/** A key calls only what says that keys may; everybody else is asked for their rights alone. */
const isInScope = (via: Via, meta: Meta | undefined): boolean =>
  via.type !== 'key' || (meta?.scope !== undefined && via.scopes.includes(meta.scope));

/** Each key has as much to spend as an operator has over all their tabs. */
const spenderOf = ({ operator, via }: Identity): string =>
  via.type === 'key' ? `key:${via.keyId}` : operator.operatorId;

async function countCall({ limits, clock }: Deps, identity: Identity, wire: Wire | undefined): Promise<void> {
  try {
    await limits.calls(spenderOf(identity));
  } catch (error) {
    if (wire?.bounds.isFlooded(clock().getTime(), limits.maxCalls)) wire.endFlood();
    throw error;
  }
}
