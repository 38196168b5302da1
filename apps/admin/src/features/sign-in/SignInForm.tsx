import { type ReactNode, useState } from 'react';
import { PasswordStep } from './PasswordStep.tsx';
import { SecondStep } from './SecondStep.tsx';

interface Props {
  onSignedIn: () => void | Promise<void>;
  /** Somebody who was signed in before. */
  email?: string;
  /** Other ways in, below the password. */
  children?: ReactNode;
}

/** E-mail and password and, for who has a second factor, a code after them. */
export function SignInForm({ onSignedIn, email = '', children }: Props) {
  const [step, setStep] = useState<'password' | 'code'>('password');
  if (step === 'code') return <SecondStep onSignedIn={onSignedIn} startAgain={() => setStep('password')} />;
  return (
    <div className="grid content-start gap-3.5">
      <PasswordStep email={email} onSignedIn={onSignedIn} onCodeAsked={() => setStep('code')} />
      {children}
    </div>
  );
}
