import { RefusalError } from '@sala/contracts';

/** When to ask again: a database that restarts is back within seconds, and everybody asks at once. */
const RETRY_AFTER_MS = 1_000;

/** The "no" of a desk whose database does not answer now. */
export const unavailable = (): RefusalError => new RefusalError({ code: 'UNAVAILABLE', retryAfterMs: RETRY_AFTER_MS });

/** The answer to `work`; UNAVAILABLE when it takes longer. The work itself goes on: it cannot be taken back. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
