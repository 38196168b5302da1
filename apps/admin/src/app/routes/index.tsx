import { createFileRoute, redirect } from '@tanstack/react-router';

export const Route = createFileRoute('/')({
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'waiting' }, replace: true });
  },
});
