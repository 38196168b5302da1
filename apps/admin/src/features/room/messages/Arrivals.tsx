import type { RoomView } from '@sala/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCustomerName } from '../../../lib/desk/customerName.ts';

/**
 * Reads out what the customer writes while the room is open. The log itself stays silent: its lines come and go
 * with scrolling, and old messages would be announced as new.
 */
export function Arrivals({ room }: { room: RoomView }) {
  const t = useTranslations();
  const [openedAt] = useState(room.seq);
  const newest = room.entries.findLast((entry) => entry.type === 'message' && entry.author.type === 'customer');
  const isNew = newest?.type === 'message' && newest.seq > openedAt;
  const text = isNew
    ? newest.content.type === 'text'
      ? newest.content.text
      : t(`message.${NAMES[newest.content.type]}`, { kind: newest.content.type })
    : '';
  const name = useCustomerName()(room.head.customer);
  return (
    <p aria-live="polite" className="unseen">
      {isNew && t('room.arrived', { name, text })}
    </p>
  );
}

const NAMES = {
  image: 'photo',
  video: 'video',
  audio: 'voice',
  file: 'file',
  sticker: 'sticker',
  location: 'location',
  unsupported: 'unsupported',
} as const;
