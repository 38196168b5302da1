import { refuse, RefusalError } from '@sala/contracts';
import { initTRPC } from '@trpc/server';
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

/**
 * A foreseen "no" thrown inside a procedure becomes a tRPC error with the refusal as its cause. `next` never throws:
 * a failure is a result, too. A stream has only handed over its generator so far, so it is wrapped.
 */
const translateRefusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) {
    if (result.error.cause instanceof RefusalError) throw asTRPCError(result.error.cause);
    return result;
  }
  return isStream(result.data) ? { ...result, data: translateStream(result.data) } : result;
});

const isStream = (data: unknown): data is AsyncIterable<unknown> =>
  typeof data === 'object' && data !== null && Symbol.asyncIterator in data;

async function* translateStream(stream: AsyncIterable<unknown>) {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof RefusalError ? asTRPCError(error) : error;
  }
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For whoever is signed in. @throws NOT_SIGNED_IN */
export const operatorProcedure = t.procedure.use(translateRefusals).use(({ ctx, next }) => {
  const { deps, operator, wire } = ctx;
  if (!operator) return refuse({ code: 'NOT_SIGNED_IN' });
  return next({ ctx: { ...deps, operator, wire } });
});
