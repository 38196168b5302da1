import { z } from 'zod';

/** What a query can say only as text, by the name of its field. */
type Kind = 'number' | 'boolean' | 'list';

const KINDS: Record<string, Kind> = { integer: 'number', number: 'number', boolean: 'boolean', array: 'list' };

/**
 * Turns the texts of a query into what the procedure's input calls for, by its description. What does not look like it
 * stays as it is, for the input to refuse.
 */
export function queryReader(input: z.ZodObject): (query: Record<string, unknown>) => Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const kinds = new Map(
    Object.entries(properties).map(([name, field]) => [name, KINDS[(field as { type?: string }).type ?? '']]),
  );
  return (query) =>
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, read(kinds.get(name), value)]));
}

function read(kind: Kind | undefined, value: unknown): unknown {
  if (kind === 'list') return [value].flat();
  if (kind === 'number' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
