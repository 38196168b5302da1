import { AuditAction } from '@sala/contracts';
import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOperators } from '../../lib/desk/operators.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { inputLook } from '../../ui/inputLook.ts';
import { type AuditSearch, isFiltered } from './auditSearch.ts';
import { useActionWords } from './useActionWords.ts';

interface Props {
  search: AuditSearch;
  change: (search: AuditSearch) => void;
}

/** Typing rests for this long before the log is asked. */
const REST_MS = 300;

/** What is looked for. It stands in the address, so that a search can be kept and passed on. */
export function AuditFilters({ search, change }: Props) {
  const t = useTranslations('audit');
  const words = useActionWords();
  const operators = useOperators();
  const set = <Key extends keyof AuditSearch>(key: Key, value: AuditSearch[Key] | '') => {
    const { [key]: _, ...rest } = search;
    change(value === '' ? rest : { ...rest, [key]: value });
  };

  return (
    <search className="mb-4 grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] items-end gap-3">
      <TextFilter label={t('find')} value={search.text ?? ''} change={(text) => set('text', text)} />
      <Choice
        label={t('action')}
        value={search.action ?? ''}
        options={[
          { value: '' as const, words: t('everything') },
          ...AuditAction.options.map((action) => ({ value: action, words: words(action) })),
        ]}
        onChoose={(action) => set('action', action)}
      />
      <Choice
        label={t('actor')}
        value={search.actor ?? ''}
        options={[
          { value: '', words: t('anybody') },
          ...operators.map(({ operatorId, name }) => ({ value: operatorId, words: name })),
        ]}
        onChoose={(actor) => set('actor', actor)}
      />
      <DayFilter label={t('from')} value={search.from ?? ''} change={(day) => set('from', day)} />
      <DayFilter label={t('until')} value={search.until ?? ''} change={(day) => set('until', day)} />
      {isFiltered(search) && (
        <Button className="h-9 max-pane:h-11" onClick={() => change({})}>
          {t('clear')}
        </Button>
      )}
    </search>
  );
}

interface FilterProps {
  label: string;
  value: string;
  change: (value: string) => void;
}

function TextFilter({ label, value, change }: FilterProps) {
  const id = useId();
  const [text, setText] = useState(value);
  // Who goes back in the history, or clears all, sees what is looked for then.
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (text.trim() !== value) setText(value);
  }
  const isOther = text.trim() !== value;
  useEffect(() => {
    if (!isOther) return;
    const timer = setTimeout(() => change(text.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [isOther, text, change]);
  return (
    <div className="col-span-full grid gap-[5px]">
      <label htmlFor={id} className="font-firm">
        {label}
      </label>
      <input
        id={id}
        type="search"
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={inputLook}
      />
    </div>
  );
}

function DayFilter({ label, value, change }: FilterProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-[5px]">
      <label htmlFor={id} className="font-firm">
        {label}
      </label>
      <input id={id} type="date" value={value} onChange={(event) => change(event.target.value)} className={inputLook} />
    </div>
  );
}
