import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { ChannelSettings, faceOf } from '../world/channels.ts';
import { NewPerson } from '../world/people.ts';

/** The phone's list; whoever is not in it can still be written to by user id. */
const PEOPLE_SHOWN = 200;

const Shown = z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(PEOPLE_SHOWN) });

/** GET and POST /_sim/channels, GET and POST /_sim/people. */
export function peopleRoutes(api: FastifyInstance, { channels, live, people }: Platform): void {
  api.get('/_sim/channels', async () => ({ channels: channels.list().map(faceOf) }));
  api.post('/_sim/channels', async (request) => {
    const channel = channels.put(ChannelSettings.parse(request.body));
    live.tell({ type: 'channels' });
    return faceOf(channel);
  });

  api.get('/_sim/people', async (request) => ({ people: people.newest(Shown.parse(request.query).limit) }));
  api.post('/_sim/people', async (request) => {
    const person = people.put(NewPerson.parse(request.body));
    live.tell({ type: 'people' });
    return person;
  });
}
