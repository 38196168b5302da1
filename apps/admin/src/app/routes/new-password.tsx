import { createFileRoute } from '@tanstack/react-router';
import { ResetPage } from '../../features/links/ResetPage.tsx';
import { takeLinkSecret } from '../../features/links/linkSecret.ts';
import { useComeIn } from '../useComeIn.ts';

export const Route = createFileRoute('/new-password')({ loader: takeLinkSecret, component: NewPassword });

function NewPassword() {
  return <ResetPage token={Route.useLoaderData()} onDone={useComeIn()} />;
}
