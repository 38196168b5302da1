import type { Operator, OperatorId } from '@sala/contracts';
import { Check } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOperators } from '../../../lib/desk/operators.ts';
import { usePresent } from '../../../lib/desk/presence.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { cx } from '../../../ui/cx.ts';
import { inputLook } from '../../../ui/inputLook.ts';
import { colleagues } from './colleagues.ts';

interface Props {
  /** Who holds the session already. */
  except: OperatorId | null;
  chosen: Operator | null;
  choose: (operator: Operator) => void;
}

/** A colleague by name: those on the desk first, found by typing, taken with Enter. */
export function ColleaguePicker({ except, chosen, choose }: Props) {
  const t = useTranslations('transfer');
  const id = useId();
  const operators = useOperators();
  const present = usePresent();
  const [sought, setSought] = useState('');
  const [active, setActive] = useState(0);
  const found = colleagues(operators, present, { except, sought });

  const walk = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((index) => Math.max(0, Math.min(found.length - 1, index + step)));
    }
    const here = found[active];
    if (event.key === 'Enter' && here) {
      event.preventDefault();
      choose(here);
    }
  };

  return (
    <div className="grid gap-1.5">
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
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
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={t('title')}
        className="max-h-56 overflow-y-auto [scrollbar-width:thin]"
      >
        {found.map((operator, index) => (
          <li
            key={operator.operatorId}
            id={`${id}-${index}`}
            role="option"
            aria-selected={operator.operatorId === chosen?.operatorId}
            onClick={() => choose(operator)}
            onPointerMove={() => setActive(index)}
            className={cx(
              'flex min-h-9 cursor-pointer items-center gap-2 rounded-control px-2 max-pane:min-h-11',
              index === active && 'bg-press',
            )}
          >
            <Avatar
              id={operator.operatorId}
              name={operator.name}
              of="operator"
              size="xs"
              className={present.has(operator.operatorId) ? undefined : 'opacity-55'}
            />
            <span className="cut flex-1">{operator.name}</span>
            <span className={cx('text-small', present.has(operator.operatorId) ? 'text-leaf-ink' : 'text-ink-3')}>
              {present.has(operator.operatorId) ? t('online') : t('away')}
            </span>
            {operator.operatorId === chosen?.operatorId && <Check size={16} aria-hidden="true" />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="px-2 py-1 text-small text-ink-3">{sought ? t('nobody') : t('alone')}</p>}
    </div>
  );
}
