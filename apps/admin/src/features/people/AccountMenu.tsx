import { type Account, may } from '@sala/contracts';
import { MoreHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../../lib/desk/me.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { Why } from '../../ui/Why.tsx';
import { AccountSheet } from './AccountSheet.tsx';
import { ResetLinkSheet } from './ResetLinkSheet.tsx';
import { useBan, useChangeAccount, useEndSignIns, useResetSecondFactor } from './usePeopleActs.ts';

/** What an admin can do to somebody's account. What cannot be taken back asks first. */
export function AccountMenu({ account }: { account: Account }) {
  const t = useTranslations();
  const { operatorId, name, banned, service } = account;
  const mayManage = may(useMe(), 'operators.manage');
  const [open, setOpen] = useState<'change' | 'ban' | 'endSignIns' | 'resetFactor' | 'resetLink' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [ban, endSignIns, resetFactor] = [
    useBan(operatorId),
    useEndSignIns(operatorId),
    useResetSecondFactor(operatorId),
  ];
  const change = useChangeAccount(operatorId);
  const close = () => setOpen(null);
  if (!mayManage) return null;

  return (
    <>
      <Menu
        label={t('act.moreFor', { name })}
        trigger={
          <Button ref={button} look="icon" aria-label={t('act.moreFor', { name })}>
            <MoreHorizontal size={20} aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onClick={() => setOpen('change')}>{t('people.change')}</MenuItem>
        {!service && !banned && <MenuItem onClick={() => setOpen('resetLink')}>{t('people.resetLink')}</MenuItem>}
        {account.secondFactor && <MenuItem onClick={() => setOpen('resetFactor')}>{t('people.resetFactor')}</MenuItem>}
        {account.signIns > 0 && <MenuItem onClick={() => setOpen('endSignIns')}>{t('people.endSignIns')}</MenuItem>}
        {banned ? (
          <MenuItem onClick={() => void change.run?.({ banned: false })}>{t('people.unban')}</MenuItem>
        ) : (
          <MenuItem onClick={() => setOpen('ban')}>{t('people.ban')}</MenuItem>
        )}
      </Menu>
      {change.problem && open === null && <Why problem={change.problem} className="col-span-full" />}
      {open === 'change' && <AccountSheet account={account} onClose={close} returnsTo={button} />}
      {open === 'resetLink' && <ResetLinkSheet account={account} onClose={close} returnsTo={button} />}
      <Confirm
        open={open === 'ban'}
        onClose={close}
        title={t('people.banTitle', { name })}
        lead={t('people.banLead')}
        words={t('people.ban')}
        act={ban}
        returnsTo={button}
      />
      <Confirm
        open={open === 'endSignIns'}
        onClose={close}
        title={t('people.endSignInsTitle', { name })}
        lead={t('people.endSignInsLead')}
        words={t('people.endAct')}
        act={endSignIns}
        returnsTo={button}
      />
      <Confirm
        open={open === 'resetFactor'}
        onClose={close}
        title={t('people.resetFactorTitle', { name })}
        lead={t('people.resetFactorLead')}
        words={t('people.resetFactorAct')}
        act={resetFactor}
        returnsTo={button}
      />
    </>
  );
}
