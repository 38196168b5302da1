import { type ChangeSettings, type Me, OperatorSettings, permissionsOf, refuse } from '@sala/contracts';
import type { Caller } from '../deps.ts';

/** The signed-in operator, what they may do, and their settings. */
export async function get({ db, operator, settings: desk }: Caller): Promise<Me> {
  const row = await db.prisma.operator.findUnique({ where: { id: operator.operatorId } });
  if (!row) return refuse({ code: 'SIGNED_OUT' });
  const { email, settings } = row;
  return {
    ...operator,
    email,
    permissions: permissionsOf(operator, await desk.get()),
    settings: OperatorSettings.parse(settings),
  };
}

/** Changes what is named and leaves the rest, in one statement: another tab may change the rest at the same time. */
export async function changeSettings(caller: Caller, change: ChangeSettings): Promise<Me> {
  const { db, operator } = caller;
  await db.pool.query('update "Operator" set settings = settings || $2::jsonb where id = $1', [
    operator.operatorId,
    JSON.stringify(change),
  ]);
  return get(caller);
}
