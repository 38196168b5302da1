import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import { NothingHere } from '../NothingHere.tsx';
import { Unavailable } from '../Unavailable.tsx';

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NothingHere,
  errorComponent: Unavailable,
});
