import { Readable } from 'node:stream';
import type { AuditEntry, AuditQuery } from '@sala/contracts';
import type { FastifyInstance } from 'fastify';
import { type PlainOptions, sendError } from '../publicApi/answer.ts';
import { createCaller } from '../trpc/appRouter.ts';
import { createContext } from '../trpc/context.ts';
import { lineOf } from './csv.ts';

/** Spreadsheets take a file for UTF-8 only when it says so. */
const BYTE_ORDER_MARK = '\uFEFF';

const COLUMNS = [
  'time',
  'action',
  'actor',
  'actor id',
  'via',
  'subject type',
  'subject',
  'subject id',
  'before',
  'after',
  'address',
];

/** The audit log as a file. Its query is that of `audit.export`; `actions` may be named several times. */
export async function auditRoutes(app: FastifyInstance, { deps, contextOf }: PlainOptions): Promise<void> {
  app.get<{ Querystring: Record<string, string | string[]> }>('/audit.csv', async (request, reply) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    let context = createContext(deps, null);
    try {
      context = await contextOf(request, reply);
      const { actions, ...rest } = request.query;
      // The procedure parses it.
      const query = { ...rest, ...(actions !== undefined && { actions: [actions].flat() }) };
      const pages = await createCaller(context, { signal: gone.signal }).audit.export(query as AuditQuery);
      // The first page before the first header: a refusal has a status of its own.
      const first = await pages[Symbol.asyncIterator]().next();
      const name = `audit-${deps.clock().toISOString().slice(0, 10)}.csv`;
      return await reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(textOf(first.done ? [] : first.value, pages)));
    } catch (error) {
      return sendError(reply, error, context);
    }
  });
}

async function* textOf(first: readonly AuditEntry[], rest: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${COLUMNS.join(',')}\r\n`;
  yield first.map(rowOf).join('');
  for await (const entries of rest) yield entries.map(rowOf).join('');
}

const rowOf = ({ at, action, actor, via, subject, before, after, address }: AuditEntry): string =>
  lineOf([
    at,
    action,
    actor?.name ?? '',
    actor?.operatorId ?? '',
    via,
    subject.type,
    subject.name ?? '',
    subject.id,
    before ? JSON.stringify(before) : '',
    after ? JSON.stringify(after) : '',
    address ?? '',
  ]);
