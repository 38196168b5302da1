import type { OperatorSettings } from '@sala/contracts';
import { isComposing } from '../../../lib/composing.ts';

export type EnterMeans = 'send' | 'newLine' | null;

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'metaKey' | 'ctrlKey' | 'isComposing' | 'keyCode'>;

/** What Enter does. While an input method composes it belongs to that; with Shift it is always a new line. */
export function enterMeans(event: Pressed, sendKey: OperatorSettings['sendKey']): EnterMeans {
  if (event.key !== 'Enter' || isComposing(event)) return null;
  if (event.shiftKey) return 'newLine';
  const withMod = event.metaKey || event.ctrlKey;
  return withMod === (sendKey === 'mod-enter') ? 'send' : 'newLine';
}
