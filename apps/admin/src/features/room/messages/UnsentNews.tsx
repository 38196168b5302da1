import { useState } from 'react';
import type { Unsent } from '../../../lib/outbox/useOutbox.ts';
import { nothingNew, stoppedNews } from './stoppedNews.ts';
import { useUnsentWords } from './useUnsentWords.ts';

/** Reads out that a message has stopped and why: the log itself stays silent. */
export function UnsentNews({ unsent }: { unsent: Unsent }) {
  const { stoppedWords } = useUnsentWords();
  const stopped = unsent.entries.flatMap(({ messageId, state, tries }) =>
    state.type === 'stopped' ? [{ messageId, words: stoppedWords(state.problem, tries) }] : [],
  );
  const [told, setTold] = useState(() => nothingNew(stopped));
  const news = stoppedNews(told, stopped);
  if (news !== told) setTold(news);

  return (
    <p aria-live="polite" className="unseen">
      <span key={news.number}>{news.words.join(' ')}</span>
    </p>
  );
}
