import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LineError } from './errors.ts';

/** LINE's limit for one request. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Teaches the API to read JSON and to refuse the rest in LINE's words. */
export function readJsonBodies(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    async (_: FastifyRequest, text: string) => (text === '' ? undefined : parse(text)),
  );
  api.addContentTypeParser('*', async ({ headers }: FastifyRequest) => {
    throw new LineError(415, `The content type, ${headers['content-type'] ?? 'none'}, is not supported`);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? [];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const place = `line: ${before.length}, column: ${before.at(-1)!.length + 1}`;
    throw new LineError(400, `The request body could not be parsed as JSON (${place})`);
  }
}
