import { z } from 'zod';
import { OperatorId } from './id.ts';
import { Operator } from './operator.ts';

/** Who is on the desk. The first thing said is a snapshot; then who came and who left. An operator counts once, however many tabs. */
export const PresenceChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), operators: z.array(Operator) }),
  z.object({ type: z.literal('arrived'), operator: Operator }),
  z.object({ type: z.literal('left'), operatorId: OperatorId }),
]);
export type PresenceChange = z.infer<typeof PresenceChange>;

/** Applies a change to the operators held. A repeated change is harmless. */
export function applyPresence(held: readonly Operator[], change: PresenceChange): Operator[] {
  switch (change.type) {
    case 'snapshot':
      return change.operators;
    case 'arrived':
      return [...held.filter((one) => one.operatorId !== change.operator.operatorId), change.operator];
    case 'left':
      return held.filter((one) => one.operatorId !== change.operatorId);
  }
}
