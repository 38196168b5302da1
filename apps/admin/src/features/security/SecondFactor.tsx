import type { SecondFactorBegun, Security } from '@sala/contracts';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/live/api.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Section } from '../settings/Section.tsx';
import { BackupCodes } from './BackupCodes.tsx';
import { CodeForm } from './CodeForm.tsx';
import { PasswordFirst } from './PasswordFirst.tsx';
import { QrCode } from './QrCode.tsx';
import { useSecurityAct } from './securityQuery.ts';

/** Where one is in setting it up, turning it off or making new codes. */
type Stage =
  | { type: 'rest' }
  | { type: 'begin' }
  | { type: 'confirm'; begun: SecondFactorBegun }
  | { type: 'codes'; codes: string[] }
  | { type: 'end' }
  | { type: 'newCodes' };

/** The second factor: a code of an app after the password. */
export function SecondFactor({ security }: { security: Security }) {
  const t = useTranslations('security');
  const [stage, setStage] = useState<Stage>({ type: 'rest' });
  const rest = () => setStage({ type: 'rest' });
  const first = useRef<HTMLButtonElement>(null);
  const begin = useSecurityAct((password: string) => api.me.beginSecondFactor.mutate({ password }));
  const end = useSecurityAct((password: string) => api.me.endSecondFactor.mutate({ password }));
  const newCodes = useSecurityAct((password: string) => api.me.newBackupCodes.mutate({ password }));

  return (
    <Section
      title={t('factor')}
      lead={security.secondFactor ? t('factorOn', { n: security.backupCodes }) : t('factorOff')}
      action={
        security.hasPassword && (
          <div className="flex flex-wrap gap-2">
            {security.secondFactor ? (
              <>
                <Button onClick={() => setStage({ type: 'newCodes' })}>{t('newCodes')}</Button>
                <Button ref={first} onClick={() => setStage({ type: 'end' })}>
                  {t('end')}
                </Button>
              </>
            ) : (
              <Button ref={first} onClick={() => setStage({ type: 'begin' })}>
                {t('begin')}
              </Button>
            )}
          </div>
        )
      }
    >
      {/* What must be kept is not lost with a click beside it: codes are left by their button alone. */}
      <Sheet
        open={stage.type !== 'rest'}
        {...(stage.type !== 'codes' && { onClose: rest })}
        title={stage.type === 'codes' ? t('codes') : stage.type === 'newCodes' ? t('newCodes') : t('factor')}
        returnsTo={first}
        focusesItself
      >
        {stage.type === 'begin' && (
          <PasswordFirst
            act={begin}
            words={t('begin')}
            onDone={(begun) => setStage({ type: 'confirm', begun })}
            cancel={rest}
          />
        )}
        {stage.type === 'confirm' && (
          <Scan begun={stage.begun} onConfirmed={() => setStage({ type: 'codes', codes: stage.begun.backupCodes })} />
        )}
        {stage.type === 'codes' && <BackupCodes codes={stage.codes} onKept={rest} />}
        {stage.type === 'end' && (
          <PasswordFirst lead={t('endLead')} act={end} words={t('end')} onDone={rest} cancel={rest} isDangerous />
        )}
        {stage.type === 'newCodes' && (
          <PasswordFirst
            lead={t('newCodesLead')}
            act={newCodes}
            words={t('newCodes')}
            onDone={({ backupCodes }) => setStage({ type: 'codes', codes: backupCodes })}
            cancel={rest}
          />
        )}
      </Sheet>
    </Section>
  );
}

/** What the app is given, and the first code it answers with. */
function Scan({ begun, onConfirmed }: { begun: SecondFactorBegun; onConfirmed: () => void }) {
  const t = useTranslations('security');
  const confirm = useSecurityAct((code: string) => api.me.confirmSecondFactor.mutate({ code }));
  const secret = new URL(begun.uri).searchParams.get('secret') ?? '';
  return (
    <div className="mt-2 grid gap-3">
      <p className="text-ink-2">{t('scan')}</p>
      <QrCode text={begun.uri} label={t('qr')} />
      <p className="text-ink-2">{t('orSecret')}</p>
      <p className="font-code [overflow-wrap:anywhere] select-all" data-testid="totp-secret">
        {secret.match(/.{1,4}/g)?.join(' ')}
      </p>
      <CodeForm lead={t('confirm')} words={t('confirmAct')} act={confirm} onDone={onConfirmed} />
    </div>
  );
}
