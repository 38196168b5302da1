import type { ConversationId } from '@sala/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { countsQuery, inboxQuery, rowsOf } from '../features/inbox/inboxQuery.ts';
import { useGivenCount } from '../features/notices/given.ts';
import { useEverySecond } from '../lib/clock.ts';
import { useMe } from '../lib/desk/me.ts';
import { useAvailabilityOf } from '../lib/desk/presence.ts';
import { isVouched, useConnection } from '../lib/live/connection.ts';
import { useStoppedCount } from '../lib/outbox/useOutbox.ts';
import { type Audible, HEARD_NOTHING, type NextSound, nextSound } from '../lib/sound/nextSound.ts';
import { isInFrontSomewhere, useShownInFront, useSoundLead } from '../lib/sound/soundLead.ts';
import { sound } from '../lib/sound/speaker.ts';

/** Lets the desk be heard. Every tab listens, so that whichever takes the lead knows what has sounded; one sounds. */
export function DeskSounds({ openId }: { openId: ConversationId | null }) {
  const { operatorId, settings } = useMe();
  const { scope, volume } = settings.sound;
  const leads = useSoundLead(operatorId);
  const audible = useAudible();
  const heard = useRef(HEARD_NOTHING);
  useShownInFront(openId);

  const listen = useCallback(
    (now: number) => {
      const { wroteAt } = heard.current;
      const { heard: after, next } = nextSound(heard.current, audible, { scope, now });
      heard.current = after;
      if (!next || !leads) return;
      void soundUnlessSeen(next, volume).then((hasSounded) => {
        // What was only seen is no reason for the next one to be silent.
        if (!hasSounded) heard.current = { ...heard.current, wroteAt };
      });
    },
    [audible, scope, volume, leads],
  );
  useEverySecond(listen);
  return null;
}

/** What a customer writes in front of one's eyes needs no sound. */
async function soundUnlessSeen({ sound: kind, step, about }: NextSound, volume: number): Promise<boolean> {
  if (kind === 'wrote' && about !== null && (await isInFrontSomewhere(about))) return false;
  await sound(kind, { volume, step });
  return true;
}

function useAudible(): Audible {
  const { operatorId } = useMe();
  // Who is away is not called to the queue.
  const isTaking = useAvailabilityOf(operatorId) === 'online';
  const isKnown = isVouched(useConnection());
  const { data: queue } = useQuery({ ...countsQuery, select: (counts) => counts.waiting });
  const { data: mine } = useInfiniteQuery(inboxQuery('mine'));
  const given = useGivenCount();
  const stopped = useStoppedCount();

  return useMemo(
    () => ({
      waiting: isKnown && isTaking ? (queue ?? null) : null,
      mine: mine
        ? new Map(
            rowsOf(mine).map(({ conversationId, head: { unanswered, failed } }) => [
              conversationId,
              { unanswered, failed },
            ]),
          )
        : null,
      stopped,
      given,
    }),
    [isKnown, isTaking, queue, mine, stopped, given],
  );
}
