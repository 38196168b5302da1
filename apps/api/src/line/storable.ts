/**
 * The same value without what PostgreSQL cannot store in text and jsonb: NUL, and halves of surrogate pairs.
 * LINE's servers do not send these; anybody with the channel secret could.
 */
export function storable<T>(value: T): T {
  const clean = (_key: string, field: unknown) =>
    typeof field === 'string' ? field.replaceAll('\u0000', '').toWellFormed() : field;
  return JSON.parse(JSON.stringify(value, clean)) as T;
}
