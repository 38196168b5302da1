import type { Author, Instant } from '@sala/contracts';
import type { ReactNode } from 'react';
import { clock } from '../../../lib/format/time.ts';
import { cx } from '../../../ui/cx.ts';

interface Props {
  author: Author['type'];
  at: Instant;
  /** The first of what one person said in a row: it has the time, and the name if one is shown. */
  startsRun: boolean;
  by: string | null;
  children: ReactNode;
}

/** The place of a message in the log: its time in the gutter, its side by who speaks. */
export function Turn({ author, at, startsRun, by, children }: Props) {
  const isOurs = author !== 'customer';
  return (
    <div
      data-author={author}
      className={cx(
        'grid grid-cols-[var(--gutter)_minmax(0,1fr)] max-pane:grid-cols-1',
        startsRun ? 'pt-(--turn-gap)' : 'pt-[3px]',
      )}
    >
      <time
        dateTime={at}
        className={cx(
          'num pt-2 pr-3.5 text-right text-micro/5 text-ink-3 max-pane:p-0 max-pane:pb-0.5',
          !isOurs && 'max-pane:text-left',
          !startsRun && 'invisible max-pane:hidden',
        )}
      >
        {clock(at)}
      </time>
      <div className={cx('flex min-w-0 flex-col gap-[3px]', isOurs ? 'items-end' : 'items-start')}>
        {startsRun && by && <span className="px-0.5 text-small text-ink-3">{by}</span>}
        {children}
      </div>
    </div>
  );
}

/** The bubble of who speaks. */
export const bubbleOf = (author: Author['type'], startsRun: boolean, look: Look): string =>
  cx(bubble, voices[author], startsRun && tails[author], looks[look]);

/** `set back`: not known to be where it should be. `outlined`: it is not, and does not go by itself. */
export type Look = 'plain' | 'set back' | 'outlined';

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

const looks = {
  plain: '',
  'set back': 'bg-[color-mix(in_oklch,var(--celadon)_38%,var(--floor))] inset-ring-[1.5px] inset-ring-celadon-line',
  outlined: 'bg-transparent inset-ring-[1.5px] inset-ring-laterite',
} satisfies Record<Look, string>;
