import type { Author, Delivery, RoomView } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../../lib/desk/me.ts';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { clock } from '../../../lib/format/time.ts';
import { cx } from '../../../ui/cx.ts';
import { RetryButton } from '../acts/RetryButton.tsx';
import { ContentView } from './ContentView.tsx';
import { DeliveryState } from './DeliveryState.tsx';
import type { Line } from './lines.ts';

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
  const isOurs = author.type !== 'customer';
  const by = useBy(author);

  return (
    <div
      data-author={author.type}
      className={cx(
        'grid grid-cols-[var(--gutter)_minmax(0,1fr)] max-pane:grid-cols-1',
        startsRun ? 'pt-(--turn-gap)' : 'pt-[3px]',
      )}
    >
      <time
        dateTime={shownAt}
        className={cx(
          'num pt-2 pr-3.5 text-right text-micro/5 text-ink-3 max-pane:p-0 max-pane:pb-0.5',
          !isOurs && 'max-pane:text-left',
          !startsRun && 'invisible max-pane:hidden',
        )}
      >
        {clock(shownAt)}
      </time>
      <div className={cx('flex min-w-0 flex-col gap-[3px]', isOurs ? 'items-end' : 'items-start')}>
        {startsRun && by && <span className="px-0.5 text-small text-ink-3">{by}</span>}
        <ContentView
          content={content}
          className={cx(bubble, voices[author.type], startsRun && tails[author.type], isOurs && looks(delivery))}
        />
        {late && <span className="px-0.5 text-small text-lamp-ink">{t('late', { t: clock(shownAt) })}</span>}
        {delivery && (
          <DeliveryState
            delivery={delivery}
            isNewestOurs={isNewestOurs}
            again={<RetryButton conversationId={room.conversationId} entry={entry} />}
          />
        )}
      </div>
    </div>
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

const bubble =
  'max-w-[min(var(--measure),88%)] rounded-voice p-(--bubble-pad) font-read text-read text-ink whitespace-pre-wrap [overflow-wrap:anywhere] [text-wrap:pretty]';

const voices = {
  customer: 'bg-voice',
  operator: 'bg-celadon',
  bot: 'inset-ring-[1.5px] inset-ring-celadon-line',
} satisfies Record<Author['type'], string>;

const tails = {
  customer: 'rounded-tl-tail',
  operator: 'rounded-tr-tail',
  bot: 'rounded-tr-tail',
} satisfies Record<Author['type'], string>;

/** What is not known to be at LINE is set back; what LINE refused is outlined. */
function looks(delivery: Delivery | undefined): string | null {
  if (delivery?.state === 'failed') return 'bg-transparent inset-ring-[1.5px] inset-ring-laterite';
  if (delivery?.state === 'delayed') {
    return 'bg-[color-mix(in_oklch,var(--celadon)_38%,var(--floor))] inset-ring-[1.5px] inset-ring-celadon-line';
  }
  return null;
}
