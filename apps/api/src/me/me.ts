import { type ChangeSettings, type Me, OperatorSettings, permissionsOf, refuse } from '@sala/contracts';
import type { Caller } from '../deps.ts';

/** The signed-in operator, what they may do, and their settings. */
export async function get({ db, operator }: Caller): Promise<Me> {
  const row = await db.prisma.operator.findUnique({ where: { id: operator.operatorId } });
  if (!row) return refuse({ code: 'SIGNED_OUT' });
  const { email, settings } = row;
  return { ...operator, email, permissions: permissionsOf(operator), settings: OperatorSettings.parse(settings) };
}

/** Changes what is named and leaves the rest. */
export async function changeSettings(caller: Caller, change: ChangeSettings): Promise<Me> {
  const { settings } = await get(caller);
  await caller.db.prisma.operator.update({
    where: { id: caller.operator.operatorId },
    data: { settings: OperatorSettings.parse({ ...settings, ...change }) },
  });
  return get(caller);
}
