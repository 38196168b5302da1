import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';

/** LINE's name for the customer: long, never read, sometimes copied. */
export function LineId({ lineId }: { lineId: string }) {
  const t = useTranslations('customer');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <span className="flex gap-2">
      <span className="cut flex-1 font-code text-small/5" title={lineId}>
        {lineId}
      </span>
      {/* Browsers offer no clipboard on pages that came over plain HTTP. */}
      {'clipboard' in navigator && (
        <button
          type="button"
          className="link shrink-0 text-small/5"
          onClick={() => void navigator.clipboard.writeText(lineId).then(() => setCopied(true))}
        >
          {copied ? t('copied') : t('copy')}
        </button>
      )}
    </span>
  );
}
