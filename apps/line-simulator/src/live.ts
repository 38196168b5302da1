import type { WireEntry } from './wire-log.ts';

/** What changed. It names the thing; whoever cares goes and reads it. Only the wire carries its line with it. */
export type News =
  | { type: 'chat'; channelId: string; userId: string }
  | { type: 'delivery' }
  | { type: 'people' }
  | { type: 'channels' }
  | { type: 'faults' }
  | { type: 'wire'; entry: WireEntry };

export class Live {
  readonly #listeners = new Set<(news: News) => void>();

  tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }

  /** Answers with the function that ends the listening. */
  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves as soon as `isSo` holds, and at the latest after `withinMs` or when `signal` aborts. It never rejects. */
  until(isSo: () => boolean, { withinMs, signal }: { withinMs: number; signal: AbortSignal }): Promise<void> {
    if (isSo() || withinMs <= 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const stopListening = this.listen(() => isSo() && done());
      const timer = setTimeout(done, withinMs);
      signal.addEventListener('abort', done, { once: true });
      function done() {
        stopListening();
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
    });
  }
}
