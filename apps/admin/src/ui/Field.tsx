import { type ComponentProps, useId } from 'react';

type Props = ComponentProps<'input'> & { label: string; error?: string | undefined };

/** A labelled line to fill in, with what is wrong with it beneath. */
export function Field({ label, error, ...input }: Props) {
  const id = useId();
  return (
    <div className="grid gap-[5px]">
      <label htmlFor={id} className="font-firm">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className="h-[2.625rem] rounded-control bg-floor px-2.5 text-read inset-ring inset-ring-line-control focus:outline-2 focus:-outline-offset-1 focus:outline-khram aria-invalid:inset-ring-laterite max-pane:h-12"
        {...input}
      />
      {error && (
        <p id={`${id}-error`} className="text-small text-laterite-ink">
          {error}
        </p>
      )}
    </div>
  );
}
