/**
 * The same value without what PostgreSQL cannot store in text and jsonb: NUL, and halves of surrogate pairs, in keys
 * and values alike. LINE's servers do not send these; anybody with the channel secret could.
 */
export function storable<T>(value: T): T {
  return clean(JSON.parse(JSON.stringify(value))) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [cleanText(key), clean(field)]));
}

const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** At most `length` UTF-16 units of a text, without half a character at the end. */
export function cutTo(text: string, length: number): string {
  const endsInHalf = /[\uD800-\uDBFF]/.test(text[length - 1] ?? '');
  return text.slice(0, text.length > length && endsInHalf ? length - 1 : length);
}
