import type { Refusal } from '@sala/contracts';
import type { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import type { Context } from '../trpc/context.ts';
import { refusalIn } from '../trpc/refusals.ts';

/** What routes of plain HTTP stand on: who asks is found out as for a call. */
export type PlainOptions = {
  deps: Deps;
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;
};

/** What plain HTTP answers in place of a result: a refusal, or the number under which the log has the fault. */
export type NotAnswered = { error: Refusal } | { error: { code: 'INTERNAL'; correlationId: string } };

/** The same words as over tRPC, and nothing of what went wrong inside. */
export function answerTo(error: TRPCError, context: Context): { status: number; body: NotAnswered } {
  const refusal = refusalIn(error);
  if (!refusal)
    return { status: 500, body: { error: { code: 'INTERNAL', correlationId: context.correlationId(error) } } };
  return { status: getHTTPStatusCodeFromError(error), body: { error: refusal } };
}
