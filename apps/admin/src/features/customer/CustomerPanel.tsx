import type { ConversationId, RoomView } from '@sala/contracts';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useCustomerName } from '../../lib/desk/customerName.ts';
import { dayAndClock } from '../../lib/format/time.ts';
import { useLanguage } from '../../lib/i18n/Language.tsx';
import { languageName } from '../../lib/i18n/languageName.ts';
import { languageOf } from '../../lib/i18n/languageOf.ts';
import { problemOf } from '../../lib/problem.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { customerQuery } from './customerQuery.ts';
import { LineId } from './LineId.tsx';
import { PastSessions } from './PastSessions.tsx';

interface Props {
  conversationId: ConversationId;
  /** The part of the room that the panel shows too; it is live. */
  room: Pick<RoomView, 'head' | 'channel'> | undefined;
  /** Closes the panel where it lies over the room. */
  close: () => void;
  className?: string;
}

export function CustomerPanel({ conversationId, room, close, className }: Props) {
  const t = useTranslations();
  const { locale } = useLanguage();
  const { data: view, isError, error, refetch } = useQuery(customerQuery(conversationId));
  const customer = room?.head.customer;
  const name = useCustomerName()(customer);

  return (
    <aside
      aria-label={t('customer.label')}
      data-pane="customer"
      tabIndex={-1}
      className={cx('flex min-h-0 flex-col overflow-y-auto bg-shade-1 outline-none [scrollbar-width:thin]', className)}
    >
      <div className="relative grid gap-2.5 px-5 pt-[18px] pb-3.5">
        <Button
          look="icon"
          aria-label={t('customer.hide')}
          onClick={close}
          className="absolute top-2.5 right-2.5 desk:hidden"
        >
          <X size={20} />
        </Button>
        {customer && (
          <>
            <Avatar id={conversationId} name={name} of="customer" size="lg" pictureUrl={customer.pictureUrl} />
            <div>
              <h2 className="text-lead/7 font-strong [overflow-wrap:anywhere]" lang={languageOf(name)}>
                {name}
              </h2>
              <p className="text-ink-3">{room.channel.name}</p>
            </div>
          </>
        )}
      </div>
      {customer && (
        <section className="border-t border-line px-5 pt-3 pb-3.5">
          <dl className="grid grid-cols-[5.75rem_minmax(0,1fr)] gap-x-3 gap-y-[5px]">
            <Fact name={t('customer.canReply')}>
              {customer.reachable ? t('customer.reachable') : t('customer.unreachable')}
            </Fact>
            {customer.language && <Fact name={t('customer.language')}>{languageName(customer.language, locale)}</Fact>}
            {view && <Fact name={t('customer.firstSeen')}>{dayAndClock(view.firstSeenAt, locale)}</Fact>}
            {view && (
              <Fact name={t('customer.lineId')}>
                <LineId lineId={view.lineId} />
              </Fact>
            )}
          </dl>
        </section>
      )}
      {view && <PastSessions sessions={view.sessions} />}
      {/* Where the room did not come either, it has said why. */}
      {isError && !view && room && (
        <Trouble title={t('customer.failedTitle')} problem={problemOf(error)} again={() => void refetch()} />
      )}
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="num min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
