const listeners = new Set<() => void>();

/** The server has said that this operator's role or teams are others now. */
export function tellIdentityChanged(): void {
  listeners.forEach((each) => each());
}

/** Calls `hear` whenever role or teams have changed. The answer stops it. */
export function onIdentityChanged(hear: () => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}
