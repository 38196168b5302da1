import { useTranslations } from 'use-intl';
import { useSlow } from '../../ui/useSlow.ts';

/** Grey shapes where the talk will be. */
export function RoomGhost() {
  const t = useTranslations('desk');
  const shown = useSlow(true, 150);
  const slow = useSlow(true, 3_000);
  if (!shown) return null;
  return (
    <div className="flex flex-1 flex-col">
      <div aria-hidden="true" className="h-(--eave) border-b border-line max-pane:h-[3.75rem]" />
      <div
        aria-hidden="true"
        className="flex flex-1 flex-col justify-end gap-3.5 py-4 pr-5 pl-(--gutter) max-pane:px-3"
      >
        <span className="h-10 w-3/5 rounded-voice bg-hover" />
        <span className="h-16 w-1/2 self-end rounded-voice bg-hover" />
        <span className="h-10 w-2/5 rounded-voice bg-hover" />
      </div>
      <output className="pb-4 pl-(--gutter) text-small text-ink-3 max-pane:pl-3">{slow && t('loading')}</output>
    </div>
  );
}
