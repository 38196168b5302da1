import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { connectionHeard } from './live/connection.ts';
import { isSignedOut, problemOf } from './problem.ts';

/** Whichever call hears it first: the desk is then covered by a sign-in, and what was typed stays. */
const noticeSignedOut = (error: unknown) => {
  if (isSignedOut(error)) connectionHeard.signedOut();
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      // The streams keep what is shown fresh; a refetch at every glance would only compete with them.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      // A refusal is an answer. Only silence is asked again.
      retry: (failures, error) => problemOf(error).type !== 'refused' && failures < 3,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
