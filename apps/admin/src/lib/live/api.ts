import { createTRPCClient, httpBatchLink, splitLink } from '@trpc/client';
import type { AppRouter } from '@sala/api/router';
import { connectionHeard } from './connection.ts';
import { liveLink } from './liveLink.ts';
import { line } from './pageLine.ts';

/** The typed client: streams over the line, everything else over HTTP, where each call brings its own sign-in. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: liveLink(line, { signedOut: connectionHeard.signedOut }),
      false: httpBatchLink({ url: '/trpc', fetch: (url, init) => fetch(url, { ...init, credentials: 'same-origin' }) }),
    }),
  ],
});
