import type { ReactNode } from 'react';

/** Nothing to show: a fact as a heading, a sentence, the next act. No drawings. */
export function Empty({ title, more, children }: { title: string; more?: ReactNode; children?: ReactNode }) {
  return (
    <div className="px-6 py-7">
      <p className="text-lead font-strong">{title}</p>
      {more && <p className="mt-1 text-ink-2">{more}</p>}
      {children && <div className="mt-3 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
