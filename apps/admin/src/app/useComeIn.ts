import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Newcomer } from '../features/links/LinkForm.tsx';
import { signIn } from '../lib/desk/signIn.ts';
import { connectionHeard } from '../lib/live/connection.ts';

/** Signs somebody in who has just chosen a password. Where that is not enough, the sign-in page asks for the rest. */
export function useComeIn(): (newcomer: Newcomer) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(
    async ({ email, password }) => {
      const isIn = (await signIn(email, password)) === 'ok';
      queryClient.clear();
      if (isIn) connectionHeard.signedIn();
      await router.navigate({ to: isIn ? '/' : '/sign-in', replace: true });
    },
    [queryClient, router],
  );
}
