import type { Account } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { useTimeWords } from '../../lib/format/useTimeWords.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { AccountMenu } from './AccountMenu.tsx';

/** Somebody with an account: who they are, what they may do, how their account is kept. */
export function AccountRow({ account }: { account: Account }) {
  const t = useTranslations();
  const isMe = useMe().operatorId === account.operatorId;
  const { service, banned } = account;

  return (
    <li
      data-testid="account"
      className="grid grid-cols-[auto_minmax(0,1fr)_7.5rem_minmax(0,13rem)_auto] items-center gap-x-3 border-b border-line py-2.5 max-desk:grid-cols-[auto_minmax(0,1fr)_auto]"
    >
      <Avatar id={account.operatorId} name={account.name} of="operator" className={banned ? 'opacity-60' : undefined} />
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-firm">{account.name}</span>
          {isMe && <span className="text-ink-3"> · {t('people.you')}</span>}
          {banned && <span className="text-laterite-ink"> · {t('people.banned')}</span>}
        </p>
        <p className="text-small [overflow-wrap:anywhere] text-ink-3">
          {service ? t('people.service') : account.email}
        </p>
        <p className="text-small text-ink-3 desk:hidden">{t(`role.${account.role}`)}</p>
        <Kept account={account} className="desk:hidden" />
      </div>
      <p className="first-letter:uppercase max-desk:hidden">{t(`role.${account.role}`)}</p>
      <Kept account={account} className="max-desk:hidden" />
      {isMe ? <span className="w-8" /> : <AccountMenu account={account} />}
    </li>
  );
}

/** How the account is kept, and when it was last used. */
function Kept({ account, className }: { account: Account; className: string }) {
  const t = useTranslations('people');
  const time = useTimeWords();
  const { service, secondFactor, signIns, usedAt } = account;
  if (service) return <p className={className} />;
  const facts = [
    secondFactor ? t('factorOn') : t('factorOff'),
    t('signIns', { n: signIns }),
    usedAt ? t('used', { t: time(usedAt) }) : t('neverUsed'),
  ];
  return <p className={`text-small text-ink-3 ${className}`}>{facts.join(' · ')}</p>;
}
