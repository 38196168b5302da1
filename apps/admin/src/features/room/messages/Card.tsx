import type { ReactNode } from 'react';

/** A message that is no text: what it is, and what is known of it. */
export function Card({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="grid w-[18.75rem] max-w-full grid-cols-[auto_minmax(0,1fr)] items-center gap-2.5 rounded-sheet bg-floor p-[9px] pr-3 inset-ring inset-ring-line-2">
      {icon && (
        <span aria-hidden="true" className="grid size-11 place-items-center rounded-control bg-shade-3 text-ink-2">
          {icon}
        </span>
      )}
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <span className="block font-firm" dir="auto">
          {title}
        </span>
        <span className="num block text-small text-ink-3">{children}</span>
      </div>
    </div>
  );
}
