/** What was answered: of a long text no more than its beginning. */
export interface Answer {
  ok: boolean;
  status: number;
  text: string;
}

/** LINE's answers have some hundred characters. */
const MAX_ANSWER = 64 * 1_024;

/**
 * Asks, and reads the answer, within one time for both. The time is ours, and not left to `fetch`: undici never settles
 * when it is aborted between the last bytes of a compressed answer and their decompression.
 * @throws a TimeoutError, or what `fetch` throws.
 */
export async function ask(url: URL, { withinMs, ...request }: RequestInit & { withinMs: number }): Promise<Answer> {
  const patience = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const late = new DOMException(`no answer within ${withinMs} ms`, 'TimeoutError');
      reject(late);
      patience.abort(late);
    }, withinMs);
  });
  try {
    return await Promise.race([fetch(url, { ...request, signal: patience.signal }).then(readAnswer), silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer({ ok, status, body }: Response): Promise<Answer> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length >= MAX_ANSWER) break;
  }
  return { ok, status, text: text.slice(0, MAX_ANSWER) };
}
