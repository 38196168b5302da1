import { TRPCError } from '@trpc/server';

/** The deepest input there is has four levels. */
const MAX_DEPTH = 32;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

/** Whether this JSON nests deeper than anything we ask for; looked at before it is parsed, which recurses. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (isText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isText = false;
    } else if (code === QUOTE) isText = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

/** @throws what tRPC answers with INVALID */
export function assertShallow(json: unknown): void {
  if (typeof json === 'string' && isTooDeep(json)) throw new TRPCError({ code: 'BAD_REQUEST', message: 'too deep' });
}
