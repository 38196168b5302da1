import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { InboxPane } from '../features/inbox/InboxPane.tsx';
import { useInboxStream } from '../features/inbox/useInboxStream.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { cx } from '../ui/cx.ts';

/** A list and, beside it, what is open. */
export function InboxPage() {
  const { view } = useParams({ from: '/_desk/inbox/$view' });
  const openId = useParams({ strict: false }).conversationId ?? null;
  const navigate = useNavigate();
  // The queue and one's own are followed by the desk itself.
  useInboxStream(view === 'waiting' || view === 'mine' ? null : view);

  return (
    <>
      <Boundary>
        <InboxPane
          view={view}
          openId={openId}
          open={(conversationId) =>
            void navigate({ to: '/inbox/$view/$conversationId', params: { view, conversationId } })
          }
          // Out of sight, but laid out: a list that is not loses its place.
          className={cx(openId && 'max-pane:invisible max-pane:absolute max-pane:inset-0')}
        />
      </Boundary>
      <Outlet />
    </>
  );
}
