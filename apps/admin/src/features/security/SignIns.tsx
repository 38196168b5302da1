import type { SignIn } from '@sala/contracts';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTimeWords } from '../../lib/format/useTimeWords.ts';
import { api } from '../../lib/live/api.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Why } from '../../ui/Why.tsx';
import { Section } from '../settings/Section.tsx';
import { deviceOf } from './device.ts';
import { useSecurityAct } from './securityQuery.ts';

/** Every browser that is signed in as oneself; each can be ended, and all others at once. */
export function SignIns({ signIns }: { signIns: SignIn[] }) {
  const t = useTranslations('security');
  const [isAsking, setIsAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const endOthers = useSecurityAct(() => api.me.endOtherSignIns.mutate());
  const hasOthers = signIns.some(({ current }) => !current);

  return (
    <Section
      title={t('signIns')}
      action={
        <Button ref={button} onClick={hasOthers ? () => setIsAsking(true) : null}>
          {t('endOthers')}
        </Button>
      }
    >
      <ul className="border-t border-line">
        {signIns.map((signIn) => (
          <SignInRow key={signIn.signInId} signIn={signIn} />
        ))}
      </ul>
      <Confirm
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('endOthers')}
        lead={t('endOthersLead')}
        words={t('endOthers')}
        busyWords={t('ending')}
        act={endOthers}
        returnsTo={button}
      />
    </Section>
  );
}

function SignInRow({ signIn }: { signIn: SignIn }) {
  const t = useTranslations('security');
  const time = useTimeWords();
  const { run, busy, problem } = useSecurityAct(() => api.me.endSignIn.mutate({ signInId: signIn.signInId }));
  const device = deviceOf(signIn.userAgent);
  const name = !device
    ? t('unknownDevice')
    : device.system
      ? t('deviceOn', { browser: device.browser, system: device.system })
      : device.browser;

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-firm [overflow-wrap:anywhere]">
          {name}
          {signIn.current && <span className="font-plain text-leaf-ink"> · {t('thisOne')}</span>}
        </p>
        <p className="text-small [overflow-wrap:anywhere] text-ink-3">
          {[signIn.address, t('usedAt', { t: time(signIn.usedAt) }), t('begunAt', { t: time(signIn.begunAt) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {!signIn.current && (
        <Button aria-label={t('endOneOf', { device: name })} onClick={run && (() => void run(undefined))}>
          {busy ? t('ending') : t('endOne')}
        </Button>
      )}
      <Why problem={problem} className="w-full" />
    </li>
  );
}
