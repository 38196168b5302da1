import type { ConversationId, RoomMember } from '@sala/contracts';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { isVouched, useConnection } from '../../../lib/live/connection.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { cx } from '../../../ui/cx.ts';
import { Tip } from '../../../ui/Tip.tsx';
import { Comings } from './Comings.tsx';
import { facesOf } from './faces.ts';
import { useRoomOthers } from './useRoomOthers.ts';

/** Who else is in the room, and what they do there. */
export function RoomFaces({ conversationId }: { conversationId: ConversationId }) {
  const t = useTranslations('presence');
  const others = useRoomOthers(conversationId);
  const isStale = !isVouched(useConnection());
  const doing = useDoing();
  const { shown, more } = facesOf(others ?? []);

  return (
    <>
      {shown.length > 0 && (
        <div className={cx('flex min-w-0 items-center gap-2', isStale && 'grayscale')}>
          <InWords others={shown} isStale={isStale} />
          <ul aria-label={t('others')} className="flex shrink-0 items-center gap-1.5">
            {shown.map((one) => (
              <li key={one.operatorId}>
                <Tip words={doing(one)} side="bottom">
                  <Face member={one} isStale={isStale} />
                </Tip>
              </li>
            ))}
            {more.length > 0 && (
              <li>
                <Tip
                  words={
                    <span className="grid">
                      {more.map((one) => (
                        <span key={one.operatorId}>{doing(one)}</span>
                      ))}
                    </span>
                  }
                  side="bottom"
                >
                  <span className="num text-small text-ink-2">
                    <span aria-hidden="true">+{more.length}</span>
                    <span className="unseen">{more.map(doing).join(', ')}</span>
                  </span>
                </Tip>
              </li>
            )}
          </ul>
        </div>
      )}
      <Comings others={others} />
    </>
  );
}

type FaceProps = React.ComponentProps<'span'> & { member: RoomMember; isStale: boolean };

/** What the tooltip gives it is for the face itself. */
function Face({ member: { operatorId, typing, viewing }, isStale, ...tip }: FaceProps) {
  const name = useOperatorName()(operatorId);
  const doing = useDoing();
  const isTyping = typing && !isStale;
  return (
    <span
      {...tip}
      data-face={isTyping ? 'types' : viewing ? 'reads' : 'back'}
      className={cx(
        'relative block rounded-[28%]',
        isTyping && 'outline-2 outline-offset-1 outline-khram',
        !viewing && !isTyping && 'opacity-55',
      )}
    >
      <Avatar id={operatorId} name={name} of="operator" size="sm" />
      <span className="unseen">{doing({ operatorId, typing: isTyping, viewing })}</span>
    </span>
  );
}

/** Beside the faces, where there is room: who types, or else that somebody reads. */
function InWords({ others, isStale }: { others: readonly RoomMember[]; isStale: boolean }) {
  const t = useTranslations('presence');
  const nameOf = useOperatorName();
  const typists = isStale ? [] : others.filter((one) => one.typing);
  const [first] = typists;
  const look = 'hidden min-w-0 items-baseline gap-[0.3em] text-small whitespace-nowrap desk:flex';
  if (first) {
    return (
      <span aria-hidden="true" className={cx(look, 'text-khram-ink')}>
        {typists.length > 1
          ? t('severalType', { n: typists.length })
          : t.rich('types', { name: nameOf(first.operatorId), n: cutName })}
      </span>
    );
  }
  if (isStale || !others.some((one) => one.viewing)) return null;
  return (
    <span aria-hidden="true" className={cx(look, 'text-ink-3')}>
      {t('reading')}
    </span>
  );
}

/** The name gives way to what its owner does. */
const cutName = (name: ReactNode) => <span className="cut max-w-32">{name}</span>;

function useDoing(): (member: RoomMember) => string {
  const t = useTranslations('presence');
  const nameOf = useOperatorName();
  return ({ operatorId, typing, viewing }) => {
    const name = nameOf(operatorId);
    if (typing) return t.markup('types', { name, n: (words) => words });
    return viewing ? t('reads', { name }) : t('inBack', { name });
  };
}
