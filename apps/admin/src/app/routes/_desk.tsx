import { createFileRoute, redirect } from '@tanstack/react-router';
import { keepDraftsFor } from '../../lib/desk/drafts.ts';
import { meQuery } from '../../lib/desk/me.ts';
import { isSignedOut } from '../../lib/problem.ts';
import { Desk } from '../Desk.tsx';

export const Route = createFileRoute('/_desk')({
  beforeLoad: async ({ context, location }) => {
    try {
      const { operatorId } = await context.queryClient.ensureQueryData(meQuery);
      keepDraftsFor(operatorId);
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true });
      throw error;
    }
  },
  component: Desk,
});
