import type { ConversationId, OperatorId } from '@sala/contracts';
import { useEffect, useState } from 'react';
import { useIsInFront, useIsVisible } from '../visibility.ts';
import { hold } from '../hold.ts';
import { useCanSound } from './speaker.ts';

/** Whether this tab sounds for all tabs of its operator. Only one that may sound takes the lead. */
export function useSoundLead(operatorId: OperatorId): boolean {
  const canSound = useCanSound();
  const isVisible = useIsVisible();
  const [isLeading, setIsLeading] = useState(false);
  useEffect(() => {
    if (canSound) return hold(`sala.sound.${operatorId}`, 'exclusive', setIsLeading) ?? undefined;
  }, [operatorId, canSound]);
  return canSound && ('locks' in navigator ? isLeading : isVisible);
}

const inFrontAs = (conversationId: ConversationId) => `sala.inFront.${conversationId}`;
const nobody = () => {};

/** Lets the other tabs know which conversation is open in front of the operator. Null: none. */
export function useShownInFront(conversationId: ConversationId | null): void {
  const isInFront = useIsInFront();
  const shown = isInFront ? conversationId : null;
  useEffect(() => {
    if (shown !== null) return hold(inFrontAs(shown), 'shared', nobody) ?? undefined;
  }, [shown]);
}

/** Whether the conversation is open in front of the operator, in any tab of this browser. */
export async function isInFrontSomewhere(conversationId: ConversationId): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === inFrontAs(conversationId)) ?? false;
}
