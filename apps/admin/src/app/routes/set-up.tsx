import { createFileRoute } from '@tanstack/react-router';
import { SetUpPage } from '../../features/links/SetUpPage.tsx';
import { takeLinkSecret } from '../../features/links/linkSecret.ts';
import { useComeIn } from '../useComeIn.ts';

export const Route = createFileRoute('/set-up')({ loader: takeLinkSecret, component: SetUp });

function SetUp() {
  return <SetUpPage code={Route.useLoaderData()} onDone={useComeIn()} />;
}
