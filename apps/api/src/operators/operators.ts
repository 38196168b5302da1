import { type AddOperator, may, type Operator, refuse } from '@sala/contracts';
import { addOperator } from '../auth/people.ts';
import type { Caller } from '../deps.ts';

/** Adds somebody to the desk. @throws NOT_ALLOWED, and INVALID when the address is taken */
export async function add(caller: Caller, person: AddOperator): Promise<Operator> {
  if (!may(caller.operator, 'operators.manage')) refuse({ code: 'NOT_ALLOWED' });
  const operatorId = await addOperator(caller, person);
  if (!operatorId) refuse({ code: 'INVALID', issues: [{ path: 'email', code: 'taken', message: 'is taken' }] });
  const { name, role } = person;
  await caller.audit.write(caller, {
    action: 'account.added',
    subject: { type: 'operator', id: operatorId, name },
    after: { role },
  });
  return { operatorId, name, role };
}
