import type { Author, Delivery, RoomView } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../../lib/desk/me.ts';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { clock } from '../../../lib/format/time.ts';
import { RetryButton } from '../acts/RetryButton.tsx';
import { ContentView } from './ContentView.tsx';
import { DeliveryState } from './DeliveryState.tsx';
import type { Line } from './lines.ts';
import { bubbleOf, type Look, Turn } from './Turn.tsx';

interface Props {
  line: Extract<Line, { type: 'message' }>;
  room: Pick<RoomView, 'conversationId' | 'deliveries'>;
}

/** A message. Who speaks is told by side and shape before colour. */
export function MessageLine({ line, room }: Props) {
  const t = useTranslations('message');
  const { entry, startsRun, isNewestOurs } = line;
  const { author, content, shownAt, late } = entry;
  const delivery = room.deliveries[entry.messageId];
  const by = useBy(author);

  return (
    <Turn author={author.type} at={shownAt} startsRun={startsRun} by={by}>
      <ContentView content={content} className={bubbleOf(author.type, startsRun, lookOf(delivery))} />
      {late && <span className="px-0.5 text-small text-lamp-ink">{t('late', { t: clock(shownAt) })}</span>}
      {delivery && (
        <DeliveryState
          delivery={delivery}
          isNewestOurs={isNewestOurs}
          again={<RetryButton conversationId={room.conversationId} entry={entry} />}
        />
      )}
    </Turn>
  );
}

/** The name above: the bot's and colleagues', never one's own. */
function useBy(author: Author): string | null {
  const t = useTranslations('message');
  const me = useMe();
  const nameOf = useOperatorName();
  if (author.type === 'bot') return t('bot');
  if (author.type === 'operator' && author.operatorId !== me.operatorId) return nameOf(author.operatorId);
  return null;
}

/** What is not known to be at LINE is set back; what LINE refused is outlined. */
function lookOf(delivery: Delivery | undefined): Look {
  if (delivery?.state === 'failed') return 'outlined';
  return delivery?.state === 'delayed' ? 'set back' : 'plain';
}
