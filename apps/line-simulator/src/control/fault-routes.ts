import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Conditions, FAIR_WEATHER } from '../faults/conditions.ts';
import { Fault } from '../faults/faults.ts';
import type { Platform } from '../platform.ts';

const Change = z.strictObject(Conditions.partial().shape);
const Named = z.object({ id: z.string().min(1).max(64) });

/** /_sim/conditions and /_sim/faults. */
export function faultRoutes(api: FastifyInstance, { faults, weather }: Platform): void {
  api.get('/_sim/conditions', async () => weather.now);
  api.patch('/_sim/conditions', async (request) => weather.change(Change.parse(request.body)));
  api.delete('/_sim/conditions', async () => weather.change(FAIR_WEATHER));

  api.get('/_sim/faults', async () => ({ faults: faults.list() }));
  api.post('/_sim/faults', async (request) => faults.plan(Fault.parse(request.body)));
  api.put('/_sim/faults/:id', async (request) =>
    faults.plan(Fault.parse(request.body), Named.parse(request.params).id),
  );
  api.delete('/_sim/faults/:id', async (request) => {
    faults.remove(Named.parse(request.params).id);
    return {};
  });
  api.delete('/_sim/faults', async () => {
    faults.clear();
    return {};
  });
}
