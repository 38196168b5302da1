import type { ConversationId, InboxRow, OperatorId } from '@sala/contracts';
import { useSyncExternalStore } from 'react';

/** How long the row of a lost race tells its news before it leaves. */
const TOLD_FOR_MS = 4_000;

/** A claim that a colleague won. */
export interface LostRace {
  conversationId: ConversationId;
  customerName: string;
  winnerId: OperatorId;
  winnerName: string;
  /** The row as it was, so that it can stay where it is while it tells who was faster. */
  row: InboxRow | null;
  /** The conversation the desk has gone on to: its room tells of the loss. Null when nobody else waits. */
  wentOnTo: ConversationId | null;
}

let lost: LostRace | null = null;
let isRowTold = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const changed = () => listeners.forEach((each) => each());

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellLostRace(race: LostRace): void {
  clearTimeout(timer);
  lost = race;
  isRowTold = false;
  timer = setTimeout(() => {
    isRowTold = true;
    changed();
  }, TOLD_FOR_MS);
  changed();
}

export function forgetLostRace(): void {
  lost = null;
  changed();
}

/** The race whose row still tells who won. */
export const useLostRow = (): LostRace | null => useSyncExternalStore(listen, () => (isRowTold ? null : lost));

/** The race that a room tells of: the one the desk has gone on to, or else the lost one itself. */
export function useLostRaceIn(conversationId: ConversationId): LostRace | null {
  const race = useSyncExternalStore(listen, () => lost);
  return race && (race.wentOnTo ?? race.conversationId) === conversationId ? race : null;
}
