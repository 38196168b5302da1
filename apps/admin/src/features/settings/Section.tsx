import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** A part of a settings page, under a line. */
export function Section({ title, lead, action, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line py-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="font-strong">
            {title}
          </h2>
          {lead && <p className="mt-0.5 max-w-[60ch] text-ink-2">{lead}</p>}
        </div>
        {action}
      </div>
      {children && <div className="mt-3 empty:hidden">{children}</div>}
    </section>
  );
}
