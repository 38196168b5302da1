import type { FastifyInstance } from 'fastify';
import type { Auth } from './auth.ts';
import { ADDRESS_HEADER } from './signInGate.ts';

/**
 * All of the sign-in library that the desk opens. What it offers beyond (changing names and passwords, lists of
 * sign-ins) would pass by the desk's own rules.
 */
const OPENED = [
  { method: 'POST', url: '/api/auth/sign-in/email' },
  { method: 'POST', url: '/api/auth/two-factor/verify-totp' },
  { method: 'POST', url: '/api/auth/two-factor/verify-backup-code' },
  { method: 'POST', url: '/api/auth/sign-out' },
  { method: 'GET', url: '/api/auth/get-session' },
];

/** Hands the opened paths to the sign-in library, in the web's own request and response. */
export async function authRoutes(app: FastifyInstance, { auth }: { auth: Auth }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  for (const { method, url } of OPENED) {
    app.route<{ Body: Buffer | undefined }>({
      method,
      url,
      handler: async (request, reply) => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(request.headers)) {
          if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
        }
        headers.set(ADDRESS_HEADER, request.ip);
        const answer = await auth.handle(
          // The library knows the desk's address; what the request calls its host is anybody's word.
          new Request(new URL(url, 'http://localhost'), {
            method,
            headers,
            ...(method === 'POST' && { body: new Uint8Array(request.body ?? Buffer.alloc(0)) }),
          }),
        );
        reply.code(answer.status);
        for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value);
        for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
        return reply.send(answer.body ? Buffer.from(await answer.arrayBuffer()) : null);
      },
    });
  }
}
