import { useSecond } from '../../lib/clock.ts';
import { useConnection } from '../../lib/live/connection.ts';
import { useTold } from '../../lib/live/desk.ts';
import { ConnectionMark } from './ConnectionMark.tsx';
import { isWorthAPlace, shown } from './shown.ts';

/** The mark in an open room of a phone, whose bar has left. Only where there is something to say. */
export function PhoneMark() {
  const second = useSecond();
  const connection = useConnection();
  const { health, isNewBuild } = useTold();
  if (!isWorthAPlace(shown(connection, health, second * 1000), isNewBuild)) return null;
  return (
    <div className="roofed flex min-h-8 shrink-0 items-center justify-center px-3 [--focus:2px_solid_var(--roof-ink)] pane:hidden">
      <ConnectionMark isLine />
    </div>
  );
}
