import { useId } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { inputLook } from './inputLook.ts';
import { cx } from './cx.ts';

/** A secret that is shown once: to be read, selected and copied. */
export function SecretLine({ label, secret }: { label: string; secret: string }) {
  const id = useId();
  return (
    <div className="grid gap-[5px]">
      <label htmlFor={id} className="font-firm">
        {label}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          readOnly
          value={secret}
          spellCheck={false}
          onFocus={(event) => event.target.select()}
          className={cx(inputLook, 'min-w-0 flex-1 basis-40 font-code text-small')}
        />
        <CopyButton text={secret} className="h-9 max-pane:h-11" />
      </div>
    </div>
  );
}
