import { createFileRoute } from '@tanstack/react-router';
import { JoinPage } from '../../features/links/JoinPage.tsx';
import { takeLinkSecret } from '../../features/links/linkSecret.ts';
import { useComeIn } from '../useComeIn.ts';

export const Route = createFileRoute('/join')({ loader: takeLinkSecret, component: Join });

function Join() {
  return <JoinPage token={Route.useLoaderData()} onDone={useComeIn()} />;
}
