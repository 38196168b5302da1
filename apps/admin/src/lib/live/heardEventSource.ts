/** An EventSource that reports every sign of life, and the first word of each stream. Null where there is none. */
export function heardEventSource(ears: { heard: () => void; began: () => void }): typeof EventSource | null {
  if (typeof EventSource === 'undefined') return null;
  return class extends EventSource {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      this.addEventListener('connected', ears.began);
      for (const name of ['connected', 'message', 'ping']) this.addEventListener(name, ears.heard);
    }
  };
}
