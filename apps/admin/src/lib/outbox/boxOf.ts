import type { OperatorId } from '@sala/contracts';
import { enterRoom } from '../desk/enterRoom.ts';
import { connectionHeard } from '../live/connection.ts';
import { newId } from '../newId.ts';
import { aloneOf } from './aloneOf.ts';
import { Box } from './box.ts';
import { indexedStore } from './indexedStore.ts';
import { isReachableFor } from './reachable.ts';
import { sendOnce } from './sendOnce.ts';
import { surestStore } from './surestStore.ts';
import { otherTabs } from './otherTabs.ts';

/** One for each operator who has signed in on this page: seldom more than one. */
const boxes = new Map<OperatorId, Box>();

/** The outbox of an operator on this device. */
export function boxOf(operatorId: OperatorId): Box {
  const known = boxes.get(operatorId);
  if (known) return known;
  const name = `sala.outbox.${operatorId}`;
  const box = new Box({
    operatorId,
    newId,
    openStore: (onBroken) => surestStore(indexedStore(), onBroken),
    tabs: otherTabs(name),
    alone: aloneOf(name),
    enter: enterRoom,
    send: sendOnce,
    isReachable: (isDoubtful) => isReachableFor(operatorId, isDoubtful),
    now: Date.now,
    chance: Math.random,
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    onSignedOut: connectionHeard.signedOut,
  });
  boxes.set(operatorId, box);
  return box;
}
