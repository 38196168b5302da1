import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  // Pictures may come from wherever an account keeps them; nothing else comes from outside.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob: http: https:; base-uri 'none'; form-action 'none'",
};

/** Serves the phone: index.html at /, its styles and scripts at /page/. Read once; only what is in the folder exists. */
export function pageFiles(pageDir: URL) {
  return async (app: FastifyInstance): Promise<void> => {
    for (const name of await readdir(pageDir)) {
      const type = TYPES[extname(name)];
      if (!type) continue;
      const file = await readFile(new URL(name, pageDir));
      app.get(name === 'index.html' ? '/' : `/page/${name}`, async (_, reply) =>
        reply.headers(HEADERS).type(type).send(file),
      );
    }
  };
}
