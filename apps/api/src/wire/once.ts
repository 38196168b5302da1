/** The same, however often it is called. */
export function once(end: () => void): () => void {
  let hasEnded = false;
  return () => {
    if (hasEnded) return;
    hasEnded = true;
    end();
  };
}
