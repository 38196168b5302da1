/** Characters that show nothing, the server's own list: what has only these is empty to its reader. */
const INVISIBLE = /[\s\u200B-\u200F\u2060\uFEFF\u00AD]/gu;

/** Characters that turn the direction of what stands around them. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Whether there is anything to see in a text. */
export const hasSomethingToSee = (text: string): boolean => text.replace(INVISIBLE, '') !== '';

/** A name that people chose for themselves, without what would turn it or the words beside it; null when nothing is left. */
export function visibleName(name: string | null | undefined): string | null {
  const shown = name?.replace(TURNING, '').trim() ?? '';
  return hasSomethingToSee(shown) ? shown : null;
}
