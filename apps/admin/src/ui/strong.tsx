import type { ReactNode } from 'react';

/** What a message sets in bold: `<b>…</b>`. */
export const strong = (words: ReactNode) => <b>{words}</b>;

/** The same within a sentence that is itself set back. */
export const strongInk = (words: ReactNode) => <b className="text-ink">{words}</b>;
