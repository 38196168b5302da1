import { type AddService, may, type Operator, refuse } from '@sala/contracts';
import type { Caller } from '../deps.ts';

/** Adds an operator that programs act as: it has no password and nobody signs in as it. @throws NOT_ALLOWED */
export async function addService(caller: Caller, { name, role }: AddService): Promise<Operator> {
  if (!may(caller.operator, 'operators.manage')) refuse({ code: 'NOT_ALLOWED' });
  const id = caller.newId();
  // No mail ever goes to `.invalid`, and nobody can have an address there.
  const email = `${id}@service.invalid`;
  await caller.db.prisma.operator.create({ data: { id, name, role, email, service: true } });
  await caller.audit.write(caller, {
    action: 'account.added',
    subject: { type: 'operator', id, name },
    after: { role, service: true },
  });
  caller.operators.tellAdded(id);
  return { operatorId: id, name, role };
}
