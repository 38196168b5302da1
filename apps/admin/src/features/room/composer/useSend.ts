import { MAX_TEXT_LENGTH, may, type RoomView } from '@sala/contracts';
import { useRef, useState } from 'react';
import { draftIn, keepDraft, useDraft } from '../../../lib/desk/drafts.ts';
import { useMe } from '../../../lib/desk/me.ts';
import { hasSomethingToSee } from '../../../lib/format/visible.ts';
import { useBox } from '../../../lib/outbox/useOutbox.ts';

/**
 * Gives what is in the box a place in the outbox, which sends it as soon as it can. The box is emptied when the text has
 * its place, and not before; `isFull` when there is none. `run` is null while there is nothing that may be sent.
 */
export function useSend({ conversationId, head }: RoomView) {
  const me = useMe();
  const box = useBox();
  const draft = useDraft(conversationId);
  const [isFull, setIsFull] = useState(false);
  const isBusy = useRef(false);
  const text = draft.trim();
  const maySend = may(me, 'session.write', head.session) && hasSomethingToSee(text) && text.length <= MAX_TEXT_LENGTH;

  const send = async () => {
    // A second Enter in the moment until the first has its place.
    if (isBusy.current) return;
    isBusy.current = true;
    const placed = await box.put(conversationId, text).finally(() => (isBusy.current = false));
    setIsFull(placed === 'full');
    if (placed === 'full') return;
    // What was typed in that moment belongs to the next message.
    const now = draftIn(conversationId);
    if (now.startsWith(draft)) keepDraft(conversationId, now.slice(draft.length));
  };
  return { run: maySend ? () => void send() : null, isFull, forget: () => setIsFull(false) };
}
