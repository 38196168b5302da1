import { type Account, RESET_MINUTES } from '@sala/contracts';
import { type RefObject, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/Button.tsx';
import { SecretLine } from '../../ui/SecretLine.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Why } from '../../ui/Why.tsx';
import { useResetLink } from './usePeopleActs.ts';

interface Props {
  account: Account;
  onClose: () => void;
  returnsTo: RefObject<HTMLElement | null>;
}

/** Makes a link by which somebody sets a new password, and shows it once. */
export function ResetLinkSheet({ account, onClose, returnsTo }: Props) {
  const t = useTranslations('people');
  const act = useTranslations('act');
  const [link, setLink] = useState<string | null>(null);
  const { run, busy, problem } = useResetLink(account.operatorId);
  const make = async () => {
    const made = await run?.(undefined);
    if (made) setLink(made.output.link);
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('resetLinkTitle', { name: account.name })}
      lead={t('resetLinkLead', { n: RESET_MINUTES })}
      returnsTo={returnsTo}
    >
      {link ? (
        <>
          <SecretLine label={t('link')} secret={link} />
          <p className="mt-2 text-small text-ink-3">{t('linkOnce')}</p>
          <div className="mt-4 flex justify-end">
            <Button look="go" onClick={onClose}>
              {act('done')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Why problem={problem} />
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>{act('cancel')}</Button>
            <Button look="go" onClick={run && (() => void make())}>
              {busy ? t('making') : t('resetLinkAct')}
            </Button>
          </div>
        </>
      )}
    </Sheet>
  );
}
