import type { Availability, Operator, OperatorId } from '@sala/contracts';
import { Check } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOperators } from '../../../lib/desk/operators.ts';
import { useAvailabilities } from '../../../lib/desk/presence.ts';
import { AvailabilityDot } from '../../../ui/AvailabilityDot.tsx';
import { Avatar } from '../../../ui/Avatar.tsx';
import { cx } from '../../../ui/cx.ts';
import { inputLook } from '../../../ui/inputLook.ts';
import { colleagues } from './colleagues.ts';

interface Props {
  /** Who holds the session already. */
  except: OperatorId | null;
  chosen: Operator | null;
  choose: (operator: Operator) => void;
  /** The choice stands: the hand goes on to what comes next. */
  goOn: () => void;
}

/** A colleague by name: those who take conversations first, found by typing, taken with Enter. */
export function ColleaguePicker({ except, chosen, choose, goOn }: Props) {
  const t = useTranslations('transfer');
  const group = useId();
  const operators = useOperators();
  const availabilities = useAvailabilities();
  const [sought, setSought] = useState('');
  const [active, setActive] = useState(0);
  const found = colleagues(operators, availabilities, { except, sought });

  const walk = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = found[active];
    if (step) setActive((index) => Math.max(0, Math.min(found.length - 1, index + step)));
    else if (event.key === 'Enter' && here) {
      choose(here);
      goOn();
    } else return;
    event.preventDefault();
  };

  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="unseen">{t('title')}</legend>
      <input
        type="search"
        aria-label={t('find')}
        placeholder={t('find')}
        value={sought}
        onKeyDown={walk}
        onChange={(event) => {
          setSought(event.target.value);
          setActive(0);
        }}
        className={inputLook}
      />
      <div className="grid max-h-56 grid-cols-[minmax(0,1fr)] overflow-y-auto [scrollbar-width:thin]">
        {found.map((operator, index) => (
          <Colleague
            key={operator.operatorId}
            group={group}
            operator={operator}
            availability={availabilities.get(operator.operatorId) ?? null}
            isActive={index === active}
            isChosen={operator.operatorId === chosen?.operatorId}
            choose={() => {
              setActive(index);
              choose(operator);
            }}
          />
        ))}
      </div>
      {found.length === 0 && <p className="px-2 py-1 text-small text-ink-3">{sought ? t('nobody') : t('alone')}</p>}
    </fieldset>
  );
}

interface ColleagueProps {
  group: string;
  operator: Operator;
  /** Null: the desk is not open. */
  availability: Availability | null;
  isActive: boolean;
  isChosen: boolean;
  choose: () => void;
}

function Colleague({ group, operator, availability, isActive, isChosen, choose }: ColleagueProps) {
  const t = useTranslations('availability');
  return (
    <label
      className={cx(
        'relative flex min-h-9 cursor-pointer items-center gap-2 rounded-control px-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-khram max-pane:min-h-11',
        (isActive || isChosen) && 'bg-press hover:bg-press',
      )}
    >
      <input type="radio" name={group} checked={isChosen} onChange={choose} className="unseen" />
      <Avatar
        id={operator.operatorId}
        name={operator.name}
        of="operator"
        size="xs"
        className={availability ? undefined : 'opacity-55'}
      />
      <span className="cut flex-1">{operator.name}</span>
      {availability && <AvailabilityDot of={availability} className="size-2 text-ink-3" />}
      <span className={cx('text-small', availability === 'online' ? 'text-leaf-ink' : 'text-ink-3')}>
        {t(availability ?? 'gone')}
      </span>
      {isChosen && <Check size={16} aria-hidden="true" />}
    </label>
  );
}
