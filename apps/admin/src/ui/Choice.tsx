import { type ComponentProps, useId } from 'react';
import { cx } from './cx.ts';
import { inputLook } from './inputLook.ts';

interface Props<Value extends string> extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  label: string;
  /** The label is only told to screen readers. */
  isBare?: boolean;
  value: Value;
  options: readonly { value: Value; words: string; lang?: string }[];
  onChoose: (value: Value) => void;
}

/** One of several, from the list the system shows. */
export function Choice<Value extends string>({
  label,
  isBare = false,
  value,
  options,
  onChoose,
  className,
  ...rest
}: Props<Value>) {
  const id = useId();
  return (
    <div className={cx('grid min-w-0 gap-[5px]', className)}>
      <label htmlFor={id} className={isBare ? 'unseen' : 'font-firm'}>
        {label}
      </label>
      <select
        id={id}
        {...rest}
        value={value}
        onChange={(event) => {
          const chosen = options.find((each) => each.value === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
        className={cx(inputLook, 'pr-1')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}
