import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './Button.tsx';

/** Copies a text, and says whether it did. */
export function CopyButton({ text, className }: { text: string; className?: string }) {
  const t = useTranslations('act');
  const [state, setState] = useState<'rest' | 'copied' | 'failed'>('rest');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('rest'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  // Browsers offer no clipboard on pages that came over plain HTTP.
  const copy = async () => {
    if (!('clipboard' in navigator)) return setState('failed');
    await navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };

  return (
    <>
      <Button onClick={() => void copy()} className={className}>
        {state === 'copied' ? t('copied') : t('copy')}
      </Button>
      {state === 'failed' && (
        <p role="alert" className="w-full text-small text-laterite-ink">
          {t('notCopied')}
        </p>
      )}
    </>
  );
}
