import { InboxView } from '@sala/contracts';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { InboxPage } from '../InboxPage.tsx';

export const Route = createFileRoute('/_desk/inbox/$view')({
  params: {
    parse: ({ view }) => {
      const known = InboxView.options.find((each) => each === view);
      if (!known) throw notFound();
      return { view: known };
    },
    stringify: ({ view }) => ({ view }),
  },
  component: InboxPage,
});
