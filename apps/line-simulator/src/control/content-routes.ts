import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { portrait } from '../portrait.ts';
import { NotHere, personNamed } from './not-here.ts';

const Named = z.object({ messageId: z.string().max(50) });
const Portrait = z.object({ file: z.string().regex(/^U[0-9a-f]{32}\.svg$/) });
const NewState = z.object({ state: z.enum(['ready', 'preparing', 'gone']) });

/** What is served here was made elsewhere, and is for looking at only. */
const FOR_LOOKING = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** /_sim/contents/:messageId shows the phone its own pictures; /_sim/portraits/:userId.svg everybody's face. */
export function contentRoutes(api: FastifyInstance, platform: Platform): void {
  const { contents } = platform;

  api.get('/_sim/contents/:messageId', async (request, reply) => {
    const content = contents.get(Named.parse(request.params).messageId);
    if (!content || content.state === 'gone') throw new NotHere('There is no such content');
    return reply.headers(FOR_LOOKING).type(content.contentType).send(content.bytes);
  });

  api.put('/_sim/contents/:messageId', async (request) => {
    const { state } = NewState.parse(request.body);
    if (!contents.setState(Named.parse(request.params).messageId, state)) throw new NotHere('There is no such content');
    return {};
  });

  api.get('/_sim/portraits/:file', async (request, reply) => {
    const { userId, displayName } = personNamed(platform, Portrait.parse(request.params).file.slice(0, -'.svg'.length));
    return reply.headers(FOR_LOOKING).type('image/svg+xml').send(portrait(userId, displayName));
  });
}
