import { useTranslations } from 'use-intl';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';

/** Backup codes, on the screen once: to be copied or kept as a file. */
export function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslations('security');
  const text = `${codes.join('\n')}\n`;
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = 'sala-backup-codes.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">{t('codesLead')}</p>
      <ul
        aria-label={t('codes')}
        className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-x-4 gap-y-1 rounded-control bg-shade-1 p-3 font-code"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} />
        <Button onClick={download}>{t('download')}</Button>
        <Button look="go" onClick={onKept} className="ml-auto">
          {t('kept')}
        </Button>
      </div>
    </div>
  );
}
