import type { RoomFact } from '@sala/contracts';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../../../lib/desk/me.ts';
import { useOperatorName } from '../../../lib/desk/operators.ts';
import { useTeamName } from '../../../lib/desk/teams.ts';
import { duration } from '../../../lib/format/duration.ts';
import { clock } from '../../../lib/format/time.ts';
import { firm } from './firm.tsx';
import type { FactEntry } from './lines.ts';

/** Something that happened, hung on its time in the gutter. */
export function FactLine({ entry, waitedMs }: { entry: FactEntry; waitedMs: number | null }) {
  const wordsOf = useFactWords();
  const words = wordsOf(entry.fact, waitedMs);
  if (words === null) return null;
  return (
    <div className="grid grid-cols-[var(--gutter)_minmax(0,1fr)] pt-1.5 text-small/5 text-ink-3 max-pane:grid-cols-[auto_minmax(0,1fr)] max-pane:gap-x-2">
      <time dateTime={entry.shownAt} className="num pr-3.5 text-right text-micro/5 max-pane:p-0">
        {clock(entry.shownAt)}
      </time>
      <span className="[overflow-wrap:anywhere]">{words}</span>
    </div>
  );
}

function useFactWords(): (fact: RoomFact, waitedMs: number | null) => ReactNode {
  const t = useTranslations('fact');
  const me = useMe();
  const nameOf = useOperatorName();
  const teamName = useTeamName();
  const who = (operatorId: string) => (operatorId === me.operatorId ? t('you') : nameOf(operatorId));
  const mine = (operatorId: string) => (operatorId === me.operatorId ? 'yes' : 'no');

  const closed = (fact: Extract<RoomFact, { type: 'session.closed' }>): ReactNode => {
    const { by, reason } = fact;
    if (by.type === 'OPERATOR') {
      const name = { mine: mine(by.operatorId), name: nameOf(by.operatorId), b: firm };
      return reason ? t.rich('closedReason', { ...name, reason }) : t.rich('closed', name);
    }
    const sentence = { USER: t('closedByCustomer'), SYSTEM: t('closedByRule'), SYSTEM_TIMEOUT: t('closedBySilence') };
    return reason ? t('withReason', { sentence: sentence[by.type], reason }) : sentence[by.type];
  };

  const transferred = (fact: Extract<RoomFact, { type: 'session.transferred' }>): ReactNode => {
    const { by, note } = fact;
    const people = { from: who(fact.from), to: who(fact.to), b: firm };
    if (by === fact.from) {
      return note ? t.rich('transferredNote', { ...people, note }) : t.rich('transferred', people);
    }
    const all = { ...people, by: who(by) };
    return note ? t.rich('transferredByNote', { ...all, note }) : t.rich('transferredBy', all);
  };

  return (fact, waitedMs) => {
    switch (fact.type) {
      case 'session.claimed': {
        const name = { mine: mine(fact.operatorId), name: nameOf(fact.operatorId), b: firm };
        if (waitedMs === null) return t.rich('claimed', name);
        return t.rich('claimedAfter', { ...name, wait: duration(waitedMs) });
      }
      case 'session.transferred':
        return transferred(fact);
      case 'session.closed':
        return closed(fact);
      case 'conversation.teamed': {
        // A team that is no more has no name.
        const team = fact.teamId && (teamName(fact.teamId) ?? '…');
        if (!fact.by) return team ? t.rich('teamedItself', { team, b: firm }) : null;
        const name = { mine: mine(fact.by), name: nameOf(fact.by), b: firm };
        return team ? t.rich('teamed', { ...name, team }) : t.rich('unteamed', name);
      }
      case 'customer.pressed':
        return t.rich('pressed', { data: fact.data, b: firm });
      case 'customer.followed':
        return t('followed');
      case 'customer.blocked':
        return t('blocked');
      case 'line.reported':
        return t('reported', { kind: fact.kind });
      case 'session.opened':
      case 'customer.wrote':
      case 'customer.profiled':
      case 'bot.wrote':
      case 'operator.wrote':
      case 'delivery.started':
      case 'delivery.sent':
      case 'delivery.delayed':
      case 'delivery.failed':
      case 'delivery.retried':
        // Told elsewhere: as a chapter, a message, or the state of one.
        return null;
    }
  };
}
