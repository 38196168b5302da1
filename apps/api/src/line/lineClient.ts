import type { SendableContent } from '@sala/contracts';
import { z } from 'zod';
import { outcomeOfAnswer, outcomeOfSilence, type PushOutcome } from './outcome.ts';

/** Who a customer is, in LINE's words. */
export const Profile = z.object({
  displayName: z.string(),
  pictureUrl: z.url().optional(),
  language: z.string().optional(),
});
export type Profile = z.infer<typeof Profile>;

/** The official account itself, in LINE's words. */
export const Account = z.object({ userId: z.string(), displayName: z.string() });
export type Account = z.infer<typeof Account>;

/** LINE, for one channel. */
export interface LineClient {
  /**
   * Sends one message to a user, group or room. `retryKey` (a UUID) makes it safe to ask again: LINE remembers it for
   * 24 hours and takes the message once. Never throws: silence is an outcome, too.
   */
  push(message: { to: string; content: SendableContent; retryKey: string }): Promise<PushOutcome>;
  /** The profile, or null where LINE gives none (blocked, unknown, not consented). @throws when LINE does not answer. */
  profile(userId: string): Promise<Profile | null>;
  /** The official account that the token belongs to. @throws when LINE does not answer, or refuses the token. */
  account(): Promise<Account>;
}

/** A client for a channel's access token. */
export type LineClients = (accessToken: string) => LineClient;

/** LINE answers within a second or two; what takes longer is asked again under the same retry key. */
const PUSH_WITHIN_MS = 10_000;
const READ_WITHIN_MS = 5_000;

/**
 * LINE over plain `fetch`, because the official client can neither time out nor be aborted
 * (docs/decisions/0003-line-over-fetch.md). `apiBase` is an origin, LINE's own or a simulator's.
 */
export function lineOverFetch(apiBase: string, { pushWithinMs = PUSH_WITHIN_MS } = {}): LineClients {
  return (accessToken) => {
    const read = (path: string) =>
      fetch(new URL(path, apiBase), {
        headers: { authorization: `Bearer ${accessToken}` },
        signal: AbortSignal.timeout(READ_WITHIN_MS),
      });
    return {
      async push({ to, content, retryKey }) {
        try {
          const answer = await fetch(new URL('/v2/bot/message/push', apiBase), {
            method: 'POST',
            headers: {
              authorization: `Bearer ${accessToken}`,
              'content-type': 'application/json',
              'x-line-retry-key': retryKey,
            },
            body: JSON.stringify({ to, messages: [{ type: 'text', text: content.text }] }),
            signal: AbortSignal.timeout(pushWithinMs),
          });
          return outcomeOfAnswer(answer.status, await answer.text());
        } catch (error) {
          return outcomeOfSilence(error);
        }
      },
      async profile(userId) {
        const answer = await read(`/v2/bot/profile/${encodeURIComponent(userId)}`);
        if (answer.ok) return Profile.parse(await answer.json());
        await answer.body?.cancel();
        if (answer.status >= 500 || answer.status === 429)
          throw new Error(`LINE answered ${answer.status} for a profile`);
        return null;
      },
      async account() {
        const answer = await read('/v2/bot/info');
        if (answer.ok) return Account.parse(await answer.json());
        await answer.body?.cancel();
        throw new Error(`LINE answered ${answer.status} for the account`);
      },
    };
  };
}
