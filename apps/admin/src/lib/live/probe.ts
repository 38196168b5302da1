const ANSWER_WITHIN_MS = 5_000;

let asking: ReturnType<typeof ask> | null = null;

/** Whether an ordinary call gets through, and whether the sign-in still holds. Several who ask at once share the answer. */
export function probe(): ReturnType<typeof ask> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<'works' | 'signedOut' | 'unreachable'> {
  try {
    const response = await fetch('/trpc/me.get', {
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    // A café's sign-in page answers everything with 200.
    if (!response.headers.get('content-type')?.startsWith('application/json')) return 'unreachable';
    if (response.status === 401) return 'signedOut';
    return response.ok ? 'works' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
