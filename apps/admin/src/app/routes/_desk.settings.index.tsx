import { createFileRoute, redirect } from '@tanstack/react-router';

/** On a phone the list is a page; where there is room for both, the first page stands beside it. */
export const Route = createFileRoute('/_desk/settings/')({
  beforeLoad: () => {
    if (matchMedia('(min-width: 768px)').matches) throw redirect({ to: '/settings/me', replace: true });
  },
  component: () => null,
});
