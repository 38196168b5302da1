import type { SendableContent } from '@sala/contracts';
import { z } from 'zod';
import { ask } from './ask.ts';
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
    const authorization = `Bearer ${accessToken}`;
    const read = (path: string) =>
      ask(new URL(path, apiBase), { headers: { authorization }, withinMs: READ_WITHIN_MS });
    return {
      async push({ to, content, retryKey }) {
        try {
          const { status, text } = await ask(new URL('/v2/bot/message/push', apiBase), {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json', 'x-line-retry-key': retryKey },
            body: JSON.stringify({ to, messages: [{ type: 'text', text: content.text }] }),
            withinMs: pushWithinMs,
          });
          return outcomeOfAnswer(status, text);
        } catch (error) {
          return outcomeOfSilence(error);
        }
      },
      async profile(userId) {
        const { ok, status, text } = await read(`/v2/bot/profile/${encodeURIComponent(userId)}`);
        if (ok) return Profile.parse(JSON.parse(text));
        if (status >= 500 || status === 429) throw new Error(`LINE answered ${status} for a profile`);
        return null;
      },
      async account() {
        const { ok, status, text } = await read('/v2/bot/info');
        if (ok) return Account.parse(JSON.parse(text));
        throw new Error(`LINE answered ${status} for the account`);
      },
    };
  };
}
