import type { FastifyInstance } from 'fastify';
import { ADDRESS_HEADER, type Auth } from './auth.ts';

/** Hands `/api/auth/*` to the sign-in library, in the web's own request and response. */
export async function authRoutes(app: FastifyInstance, { auth }: { auth: Auth }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.route<{ Body: Buffer | undefined }>({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    handler: async (request, reply) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) {
        if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
      }
      headers.set(ADDRESS_HEADER, request.ip);
      const answer = await auth.handle(
        new Request(new URL(request.url, `http://${request.host}`), {
          method: request.method,
          headers,
          ...(request.method === 'POST' && { body: new Uint8Array(request.body ?? Buffer.alloc(0)) }),
        }),
      );
      reply.code(answer.status);
      for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value);
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
      return reply.send(answer.body ? Buffer.from(await answer.arrayBuffer()) : null);
    },
  });
}
