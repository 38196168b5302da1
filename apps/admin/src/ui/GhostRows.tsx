import { useTranslations } from 'use-intl';
import { useSlow } from './useSlow.ts';

/** Grey shapes at the places of rows to come, still. Nothing under 150 ms, words after 3 s. */
export function GhostRows({ rows = 6 }: { rows?: number }) {
  const t = useTranslations('desk');
  const shown = useSlow(true, 150);
  const slow = useSlow(true, 3_000);
  if (!shown) return null;
  return (
    <div className="py-1">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} aria-hidden="true" className="flex h-(--row-height) items-center gap-3 px-4">
          <span className="size-(--row-avatar) rounded-round bg-press" />
          <span className="grid flex-1 gap-2">
            <span className="h-2 rounded-mark bg-press" style={{ width: `${48 - (index % 3) * 9}%` }} />
            <span className="h-2 rounded-mark bg-hover" style={{ width: `${74 - (index % 4) * 8}%` }} />
          </span>
        </div>
      ))}
      <output className="block px-4 py-2 text-small text-ink-3">{slow && t('loading')}</output>
    </div>
  );
}
