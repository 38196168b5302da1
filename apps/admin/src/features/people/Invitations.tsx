import type { Invitation } from '@sala/contracts';
import { useTranslations } from 'use-intl';
import { useOperatorName } from '../../lib/desk/operators.ts';
import { useTimeWords } from '../../lib/format/useTimeWords.ts';
import { Button } from '../../ui/Button.tsx';
import { Why } from '../../ui/Why.tsx';
import { useWithdraw } from './usePeopleActs.ts';

/** Who was invited and has not come yet. */
export function Invitations({ invitations }: { invitations: Invitation[] }) {
  const t = useTranslations('people');
  if (invitations.length === 0) return null;
  return (
    <section aria-label={t('open')} className="pt-7">
      <h2 className="pb-2 font-strong">{t('open')}</h2>
      <ul className="border-t border-line">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.invitationId} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const t = useTranslations();
  const time = useTimeWords();
  const nameOf = useOperatorName();
  const { run, busy, problem } = useWithdraw(invitation);
  const { name, email, role, invitedBy, expiresAt } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-firm">{name}</span> <span className="text-ink-3">{email}</span>
        </p>
        <p className="text-small text-ink-3">
          {t('people.invitedBy', { name: nameOf(invitedBy), role: t(`role.${role}`), t: time(expiresAt) })}
        </p>
      </div>
      <Button aria-label={t('people.withdrawOf', { name })} onClick={run && (() => void run(undefined))}>
        {busy ? t('people.withdrawing') : t('people.withdraw')}
      </Button>
      <Why problem={problem} className="w-full" />
    </li>
  );
}
