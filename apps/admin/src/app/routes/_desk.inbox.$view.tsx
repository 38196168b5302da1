import { createFileRoute, notFound } from '@tanstack/react-router';
import { VIEWS } from '../../lib/views.ts';
import { InboxPage } from '../InboxPage.tsx';

export const Route = createFileRoute('/_desk/inbox/$view')({
  params: {
    parse: ({ view }) => {
      const known = VIEWS.find((each) => each === view);
      if (!known) throw notFound();
      return { view: known };
    },
    stringify: ({ view }) => ({ view }),
  },
  component: InboxPage,
});
