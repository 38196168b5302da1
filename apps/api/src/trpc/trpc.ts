import { refuse, RefusalError } from '@sala/contracts';
import { isUnavailable } from '@sala/db';
import { initTRPC, TRPCError } from '@trpc/server';
import { unavailable, within } from '../unavailable.ts';
import type { Context } from './context.ts';
import { asTRPCError, refusalIn } from './refusals.ts';

const t = initTRPC.context<Context>().create({
  isDev: false,
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
  return isStream(result.data) ? { ...result, data: translateStream(result.data, ctx) } : result;
});

const isStream = (data: unknown): data is AsyncIterable<unknown> =>
  typeof data === 'object' && data !== null && Symbol.asyncIterator in data;

async function* translateStream(stream: AsyncIterable<unknown>, ctx: Context) {
  try {
    yield* stream;
  } catch (error) {
    translated(ctx)(error);
  }
}

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

/** For whoever is signed in. @throws NOT_SIGNED_IN */
export const operatorProcedure = t.procedure.use(translateRefusals).use(({ ctx, next }) => {
  const { deps, operator, wire, poll } = ctx;
  if (!operator) return refuse({ code: 'NOT_SIGNED_IN' });
  return next({ ctx: { ...deps, operator, wire, poll } });
});
