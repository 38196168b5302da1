import { tokenize } from 'linkifyjs';
import { memo } from 'react';
import { safeHref } from './safeHref.ts';

/** What somebody wrote, as they wrote it, with its addresses made clickable. Nothing is ever rendered as HTML. */
export const TextWithLinks = memo(function TextWithLinks({ text }: { text: string }) {
  return tokenize(text).map((token, index) => {
    const href = token.isLink ? safeHref(token.toHref('https')) : null;
    if (!href) return <span key={index}>{token.toString()}</span>;
    return (
      <a key={index} className="link" href={href} target="_blank" rel="noopener noreferrer">
        {token.toString()}
      </a>
    );
  });
});
