import type { Delivery } from '@sala/contracts';
import { Check, CircleAlert, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { clock } from '../../../lib/format/time.ts';
import { useSlow } from '../../../ui/useSlow.ts';
import { State } from './State.tsx';
import { onceFailed, reasonOf, whileDelayed } from './telling.ts';

interface Props {
  delivery: Delivery;
  isNewestOurs: boolean;
  /** The way to send a failed message once more. */
  again: ReactNode;
}

/** Where a message is on its way to LINE. "Sent" means LINE took it: more is not known. */
export function DeliveryState({ delivery, isNewestOurs, again }: Props) {
  const t = useTranslations('delivery');
  switch (delivery.state) {
    case 'queued':
      return <OnItsWay key="queued" words={t('queued')} />;
    case 'sending':
      return <OnItsWay key="sending" words={t('sending')} />;
    case 'delayed':
      return (
        <State className="text-lamp-ink" icon={<Clock size={16} />}>
          {t(whileDelayed(delivery.failure), { reason: reasonOf(delivery.failure), t: clock(delivery.retryAt) })}
        </State>
      );
    case 'sent':
      if (!isNewestOurs) return null;
      return <State icon={<Check size={16} />}>{t('sent', { t: clock(delivery.at) })}</State>;
    case 'failed':
      return (
        <State className="text-laterite-ink" icon={<CircleAlert size={16} />}>
          {t(onceFailed(delivery.failure), { reason: reasonOf(delivery.failure) })} {again}
        </State>
      );
  }
}

/** Usually over before anybody could read it; the word comes when it is not. */
function OnItsWay({ words }: { words: string }) {
  const slow = useSlow(true, 600);
  return slow ? <State>{words}</State> : null;
}
