import { z } from 'zod';

/** Whether the database can keep a text: PostgreSQL stores no NUL, and JSON carries no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && !hasLoneSurrogate(text);

/** `isWellFormed` of newer runtimes; the admin's oldest browsers do not have it. */
export function hasLoneSurrogate(text: string): boolean {
  return /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

/** What a person writes for the desk to keep. */
export const Text = z.string().refine(isStorable, 'has a character that cannot be stored');
