import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const FOREVER = 'public, max-age=31536000, immutable';

/** The built admin: hashed assets for ever, everything else asked for again, and its page on every path a person opens. */
export async function spaRoutes(app: FastifyInstance, { adminDir }: { adminDir: string }): Promise<void> {
  await app.register(staticFiles, {
    root: adminDir,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, file) => {
      response.setHeader('vary', 'accept-encoding');
      response.setHeader('cache-control', file.includes('/assets/') ? FOREVER : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
    return isPage ? reply.sendFile('index.html') : reply.code(404).send({ error: 'not found' });
  });
}
