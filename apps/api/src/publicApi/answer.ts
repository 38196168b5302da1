import { type Refusal, RefusalError } from '@sala/contracts';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import type { Context } from '../trpc/context.ts';
import { asTRPCError, refusalIn } from '../trpc/refusals.ts';

/** What routes of plain HTTP stand on: who asks is found out as for a call. */
export type PlainOptions = {
  deps: Deps;
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;
};

/** What plain HTTP answers in place of a result: a refusal, or the number under which the log has the fault. */
type NotDone = { error: Refusal } | { error: { code: 'INTERNAL'; correlationId: string } };

/** Answers an error in the same words as tRPC, with nothing of what went wrong inside. */
export function sendError(reply: FastifyReply, error: unknown, context: Context): FastifyReply {
  const { status, body } = answerTo(asError(error), context);
  if ('retryAfterMs' in body.error) reply.header('retry-after', Math.ceil(body.error.retryAfterMs / 1_000));
  return reply.code(status).header('cache-control', 'no-store').send(body);
}

function answerTo(error: TRPCError, context: Context): { status: number; body: NotDone } {
  const refusal = refusalIn(error);
  if (refusal) return { status: getHTTPStatusCodeFromError(error), body: { error: refusal } };
  return { status: 500, body: { error: { code: 'INTERNAL', correlationId: context.correlationId(error) } } };
}

function asError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error;
  if (error instanceof RefusalError) return asTRPCError(error);
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
}
