import type { ReactNode } from 'react';

/** Names and words within a fact. */
export const firm = (words: ReactNode) => <b className="font-firm text-ink-2">{words}</b>;
