import { useTranslations } from 'use-intl';
import { useMe } from '../../../lib/desk/me.ts';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { firm } from './firm.tsx';
import type { Line } from './lines.ts';

/** A session begins: a chapter of the conversation. */
export function SessionLine({ line }: { line: Extract<Line, { type: 'session' }> }) {
  const t = useTranslations('fact');
  const me = useMe();
  const nameOf = useOperatorName();
  const { handOver, number } = line;

  const why = () => {
    switch (handOver.how) {
      case 'keyword':
        return t.rich('openedKeyword', { word: handOver.word, b: firm });
      case 'postback':
        return t.rich('openedPostback', { word: handOver.data, b: firm });
      case 'operator':
        return t.rich('openedOperator', {
          mine: handOver.operatorId === me.operatorId ? 'yes' : 'no',
          name: nameOf(handOver.operatorId),
          b: firm,
        });
    }
  };

  return (
    <div className="pt-5 pb-0.5 pl-(--gutter)">
      <h2 className="flex flex-wrap items-baseline gap-x-2.5 border-t border-line-2 pt-[9px] text-small/5 text-ink-3">
        <span className="text-ui font-strong text-ink">
          {number ? t('sessionNumber', { n: number }) : t('session')}
        </span>
        <span className="min-w-0 [overflow-wrap:anywhere]">{why()}</span>
      </h2>
    </div>
  );
}
