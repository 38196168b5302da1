import { type ChangeDeskSettings, type DeskSettings, may, refuse } from '@sala/contracts';
import type { Caller } from '../deps.ts';

/**
 * Changes what is named. Who sees something else afterwards connects anew.
 * @throws NOT_ALLOWED
 */
export async function change(caller: Caller, asked: ChangeDeskSettings): Promise<DeskSettings> {
  const { settings, audit, revocation, operators } = caller;
  if (!may(caller.operator, 'settings.manage')) refuse({ code: 'NOT_ALLOWED' });
  const before = await settings.get();
  await settings.change(asked);
  const after = await settings.get();
  await audit.write(caller, {
    action: 'settings.changed',
    subject: { type: 'desk', id: 'desk', name: null },
    before,
    after,
  });
  if (before.unassigned !== after.unassigned) {
    const people = await operators.list();
    const changed = people.filter((one) => may(one, 'unassigned.see', before) !== may(one, 'unassigned.see', after));
    revocation.rightsChanged(changed.map(({ operatorId }) => operatorId));
  }
  return after;
}
