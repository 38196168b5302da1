import type { ConversationId } from '@sala/contracts';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { forgetLostRace, useLostRaceIn } from '../../lib/desk/lostRace.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { strong } from '../../ui/strong.tsx';

interface Props {
  conversationId: ConversationId;
  open: (conversationId: ConversationId) => void;
}

/** On top of the room the desk has gone on to: who took the one before. No dialog, no error. */
export function MissedLine({ conversationId, open }: Props) {
  const t = useTranslations();
  const lost = useLostRaceIn(conversationId);
  if (!lost) return null;

  const names = { name: lost.winnerName, customer: lost.customerName || t('inbox.unnamed'), b: strong };
  const isHere = lost.conversationId === conversationId;
  return (
    <div className="flex min-h-11 shrink-0 items-center gap-3 border-b border-line bg-shade-2 py-1.5 pr-3 pl-5">
      <Avatar id={lost.winnerId} name={lost.winnerName} of="operator" size="sm" />
      <output className="min-w-0 flex-1">
        {isHere ? t.rich('room.missedHere', names) : t.rich('room.missed', names)}
      </output>
      {!isHere && (
        <button type="button" className="link shrink-0" onClick={() => open(lost.conversationId)}>
          {t('room.lookAnyway')}
        </button>
      )}
      <Button look="icon" aria-label={t('desk.close')} onClick={forgetLostRace}>
        <X size={16} />
      </Button>
    </div>
  );
}
