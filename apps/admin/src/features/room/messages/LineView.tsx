import type { RoomView } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useSecond } from '../../../lib/clock.ts';
import { isDayBefore, isSameDay, longDay } from '../../../lib/format/time.ts';
import { useLanguage } from '../../../lib/i18n/Language.tsx';
import { FactLine } from './FactLine.tsx';
import type { Line } from './lines.ts';
import { MessageLine } from './MessageLine.tsx';
import { SessionLine } from './SessionLine.tsx';
import { UnsentLine } from './UnsentLine.tsx';

type Room = Pick<RoomView, 'conversationId' | 'deliveries'>;

export function LineView({ line, room }: { line: Line; room: Room }) {
  switch (line.type) {
    case 'day':
      return <DayLine at={line.at} />;
    case 'session':
      return <SessionLine line={line} />;
    case 'fact':
      return <FactLine entry={line.entry} waitedMs={line.waitedMs} />;
    case 'message':
      return <MessageLine line={line} room={room} />;
    case 'unsent':
      return <UnsentLine line={line} />;
  }
}

function DayLine({ at }: { at: string }) {
  const t = useTranslations('room');
  const { locale } = useLanguage();
  const now = new Date(useSecond() * 1000);
  const date = new Date(at);
  const words = isSameDay(date, now) ? t('today') : isDayBefore(date, now) ? t('yesterday') : longDay(at, locale);
  return (
    <div className="flex items-center gap-3.5 pt-[18px] pl-(--gutter) text-small/5 font-firm text-ink-2">
      <span>{words}</span>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </div>
  );
}
