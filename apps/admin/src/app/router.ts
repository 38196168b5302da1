import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../lib/queryClient.ts';
import { routeTree } from './routeTree.gen.ts';

export const router = createRouter({
  routeTree,
  context: { queryClient },
  // Data lives in the query cache; the router only brings the code.
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
