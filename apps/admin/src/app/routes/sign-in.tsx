import { createFileRoute, useRouter } from '@tanstack/react-router';
import { SignInPage } from '../../features/sign-in/SignInPage.tsx';
import { connectionHeard } from '../../lib/live/connection.ts';
import { ownAddress } from '../ownAddress.ts';

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' ? { to: search.to } : {},
  component: SignIn,
});

function SignIn() {
  const { to } = Route.useSearch();
  const { queryClient } = Route.useRouteContext();
  const router = useRouter();

  const goOn = async () => {
    queryClient.clear();
    connectionHeard.signedIn();
    await router.navigate({ href: ownAddress(to), replace: true });
  };
  return <SignInPage onSignedIn={goOn} to={ownAddress(to)} />;
}
