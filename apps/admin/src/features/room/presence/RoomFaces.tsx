import type { ConversationId, RoomMember } from '@sala/contracts';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { isVouched, useConnection } from '../../../lib/live/connection.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { cx } from '../../../ui/cx.ts';
import { Tip } from '../../../ui/Tip.tsx';
import { Comings } from './Comings.tsx';
import { facesOf, MOST_FACES } from './faces.ts';
import { useRoomOthers } from './useRoomOthers.ts';

/** Beside the acts of a phone there is place for one. */
const MOST_ON_PHONE = 1;

/** Who else is in the room, and what they do there. */
export function RoomFaces({ conversationId }: { conversationId: ConversationId }) {
  const others = useRoomOthers(conversationId);
  const isStale = !isVouched(useConnection());
  // What was typed before the line broke may long be written.
  const shown = others?.map((one) => (isStale ? { ...one, typing: false } : one)) ?? [];

  return (
    <>
      {shown.length > 0 && (
        <div className={cx('flex shrink-0 items-center gap-2', isStale && 'grayscale')}>
          {!isStale && <InWords others={shown} />}
          <Faces others={shown} most={MOST_FACES} className="max-pane:hidden" />
          <Faces others={shown} most={MOST_ON_PHONE} className="pane:hidden" />
        </div>
      )}
      <Comings others={others} />
    </>
  );
}

interface FacesProps {
  others: readonly RoomMember[];
  most: number;
  className: string;
}

function Faces({ others, most, className }: FacesProps) {
  const t = useTranslations('presence');
  const doing = useDoing();
  const { shown, more } = facesOf(others, most);
  return (
    <ul aria-label={t('others')} className={cx('flex items-center gap-2', className)}>
      {shown.map((one) => (
        <li key={one.operatorId}>
          <Tip words={doing(one)} side="bottom">
            <Face member={one} />
          </Tip>
        </li>
      ))}
      {more.length > 0 && (
        <li>
          <Tip words={<Lines of={more.map(doing)} />} side="bottom">
            <span className="num text-small text-ink-2">
              <span aria-hidden="true">+{more.length}</span>
              <span className="unseen">{more.map(doing).join(', ')}</span>
            </span>
          </Tip>
        </li>
      )}
    </ul>
  );
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <span className="grid">
    {of.map((words) => (
      <span key={words}>{words}</span>
    ))}
  </span>
);

type FaceProps = ComponentProps<'span'> & { member: RoomMember };

/** What the tooltip gives it is for the face itself. */
function Face({ member, ...tip }: FaceProps) {
  const { operatorId, typing, viewing } = member;
  const name = useOperatorName()(operatorId);
  const doing = useDoing();
  return (
    <span
      {...tip}
      data-face={typing ? 'types' : viewing ? 'reads' : 'back'}
      className={cx(
        'relative block rounded-[28%]',
        typing && 'outline-2 outline-offset-1 outline-khram',
        !viewing && !typing && 'opacity-55',
      )}
    >
      <Avatar id={operatorId} name={name} of="operator" size="sm" />
      <span className="unseen">{doing(member)}</span>
    </span>
  );
}

/** Beside the faces, where there is place: that one types, or else that one reads. Who it is, their ring tells. */
function InWords({ others }: { others: readonly RoomMember[] }) {
  const t = useTranslations('presence');
  const isTyping = others.some((one) => one.typing);
  if (!isTyping && !others.some((one) => one.viewing)) return null;
  return (
    <span aria-hidden="true" className={cx('hidden text-small desk:block', isTyping ? 'text-khram-ink' : 'text-ink-3')}>
      {isTyping ? t('typing') : t('reading')}
    </span>
  );
}

function useDoing(): (member: RoomMember) => string {
  const t = useTranslations('presence');
  const nameOf = useOperatorName();
  return ({ operatorId, typing, viewing }) => {
    const name = nameOf(operatorId);
    if (typing) return t('types', { name });
    return viewing ? t('reads', { name }) : t('inBack', { name });
  };
}
