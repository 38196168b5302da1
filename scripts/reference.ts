/*
 * node --import tsx scripts/reference.ts            writes docs/reference.md out of the router and the contracts
 * node --import tsx scripts/reference.ts --check    exits with 1 when the file says something else
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as contracts from '@sala/contracts';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { z } from 'zod';
import { appRouter } from '../apps/api/src/trpc/appRouter.ts';
import { asTRPCError } from '../apps/api/src/trpc/refusals.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = path.join(root, 'docs/reference.md');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What JSON Schema says of a value, as far as it is used here. */
type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
  format?: string;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
};

/** Types that have a name of their own; the others are written out where they occur. */
const NAMED = {
  Content: contracts.Content,
  SendableContent: contracts.SendableContent,
  HandOver: contracts.HandOver,
  ClosedBy: contracts.ClosedBy,
  DeliveryFailure: contracts.DeliveryFailure,
  Id: contracts.ConversationId,
  Instant: contracts.Instant,
} satisfies Record<string, z.ZodType>;

const metadata = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) metadata.add(schema, { id });

const schemaOf = (type: z.ZodType): Schema =>
  z.toJSONSchema(type, { io: 'input', metadata, unrepresentable: 'any' }) as Schema;

/** A named type would only refer to itself: here it is written out. */
function schemaOfNamed(name: string, type: z.ZodType): Schema {
  const { $defs } = z.toJSONSchema(z.object({ type }), { io: 'input', metadata, unrepresentable: 'any' });
  return $defs![name] as Schema;
}

function typeOf(schema: Schema): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!;
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' or ');
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.map(typeOf).join(' or ');
  if (schema.properties) {
    const isAlways = new Set(schema.required);
    const fields = Object.entries(schema.properties).map(
      ([name, field]) => `${name}${isAlways.has(name) ? '' : '?'}: ${typeOf(field)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }
  if (schema.items) return `list of ${typeOf(schema.items)}${bounds('at most', schema.maxItems)}`;
  if (schema.type === 'string') return textOf(schema);
  if (schema.type === 'integer' || schema.type === 'number') return numberOf(schema);
  if (schema.type === 'boolean' || schema.type === 'null') return schema.type;
  throw new Error(`no words for ${JSON.stringify(schema)}`);
}

function textOf({ format, minLength, maxLength }: Schema): string {
  const kind = format === 'uuid' ? 'UUID' : format === 'uri' ? 'URL' : format === 'date-time' ? 'time' : 'text';
  return `${kind}${bounds(minLength === undefined ? 'at most' : `${minLength} to`, maxLength)}`;
}

function numberOf({ type, minimum, exclusiveMinimum, maximum }: Schema): string {
  const kind = type === 'integer' ? 'whole number' : 'number';
  const from = exclusiveMinimum === 0 ? 1 : minimum;
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (to !== undefined) return `${kind}${bounds(`${from ?? 0} to`, to)}`;
  return from === undefined || from < 0 ? kind : `${kind} (${from} or more)`;
}

const bounds = (from: string, to: number | undefined): string => (to === undefined ? '' : ` (${from} ${number(to)})`);

const number = (value: number) => value.toLocaleString('en-GB');

/** The text of a doc comment on one line, with the constants it links to as their values. */
function sentence(comment: string | undefined): string {
  const values = contracts as Record<string, unknown>;
  return (comment ?? '')
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\{@link (\w+)\}/g, (_, name: string) =>
      typeof values[name] === 'number' ? number(values[name]) : `\`${name}\``,
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The doc comment in front of each match of `named`, by the match's first group. */
function comments(source: string, named: string): Map<string, string> {
  const pattern = new RegExp(String.raw`(?:/\*\*((?:(?!\*/)[\s\S])*)\*/\s*)?${named}`, 'g');
  return new Map([...source.matchAll(pattern)].map(([, comment, name]) => [name!, sentence(comment)]));
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fields({ properties = {}, required = [] }: Schema, without: string[] = []): string[][] {
  return Object.entries(properties)
    .filter(([name]) => !without.includes(name))
    .map(([name, field]) => [`\`${name}\``, typeOf(field), needed(field, required.includes(name))]);
}

const needed = (field: Schema, isRequired: boolean): string =>
  isRequired ? 'yes' : field.default === undefined ? 'no' : `no: \`${JSON.stringify(field.default)}\``;

const paragraphs = (...parts: (string | false | undefined)[]) => parts.filter(Boolean).join('\n\n');

type Procedure = { _def: { type: string; inputs: z.ZodType[]; meta?: { scope?: contracts.Scope } } };

function procedures(): string {
  const all = Object.entries(
    (appRouter as unknown as { _def: { procedures: Record<string, Procedure> } })._def.procedures,
  );
  return paragraphs(
    ...all.map(([name, { _def }]) => {
      const [folder = '', own = ''] = name.split('.');
      const source = read(routerOf(folder));
      const said = comments(source, String.raw`(\w+): (?:operator|public)Procedure`).get(own);
      if (!said) throw new Error(`${name} has no comment that says what it does`);
      const input = _def.inputs[0] && fields(schemaOf(_def.inputs[0]));
      return paragraphs(
        `### ${name}`,
        `${_def.type[0]!.toUpperCase()}${_def.type.slice(1)}. ${said}`,
        source.includes(`${own}: publicProcedure`) ? 'For everybody, signed in or not.' : keysMay(_def.meta?.scope),
        input ? table(['input', 'type', 'needed'], input) : 'No input.',
      );
    }),
  );
}

const keysMay = (scope: contracts.Scope | undefined): string => (scope ? `Key scope: \`${scope}\`.` : 'Not for keys.');

/** Where the router of a name stands; its folder may have another. */
function routerOf(name: string): string {
  const file = readdirSync(path.join(root, 'apps/api/src'), { recursive: true, encoding: 'utf8' }).find(
    (one) => path.basename(one) === `${name}.router.ts`,
  );
  if (!file) throw new Error(`${name} has no router`);
  return `apps/api/src/${file}`;
}

/** The members of a union, each with the value of its `key` and the comment above it. */
function members(union: z.ZodType, key: string, file: string) {
  const said = comments(read(file), String.raw`z\.object\(\{\s*${key}: z\.literal\('([\w.]+)'\)`);
  return schemaOf(union).oneOf!.map((schema) => {
    const name = String(schema.properties![key]!.const);
    return { name, schema, said: said.get(name) ?? '' };
  });
}

const facts = () => members(contracts.RoomFact, 'type', 'packages/contracts/src/fact.ts');

const factList = () =>
  paragraphs(
    ...facts().map(({ name, schema, said }) =>
      paragraphs(`### ${name}`, said, table(['field', 'type', 'always'], fields(schema, ['type']))),
    ),
  );

function refusals(): string {
  const given = givenRefusals();
  const rows = members(contracts.Refusal, 'code', 'packages/contracts/src/refusal.ts').map(({ name, schema, said }) => {
    const error = asTRPCError(new contracts.RefusalError({ code: name } as contracts.Refusal));
    const carries = fields(schema, ['code']).map(([field, type]) => `${field}: ${type}`);
    const words = [said, given.has(name) ? '' : 'Reserved: this version never gives it.'].filter(Boolean).join(' ');
    return [`\`${name}\``, carries.join('; '), error.code, String(getHTTPStatusCodeFromError(error)), words];
  });
  return table(['code', 'carries', 'tRPC code', 'HTTP', ''], rows);
}

/** The refusals that the sources give somewhere. */
function givenRefusals(): Set<string> {
  return new Set(
    [...sources('apps/api/src'), ...sources('packages/contracts/src')].flatMap((source) =>
      [...source.matchAll(/code: [^'\n]*'([A-Z_]+)'/g)].map(([, code]) => code!),
    ),
  );
}

/** The text of every source in a folder, but for tests and for the refusals themselves. */
function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !file.endsWith('refusal.ts'))
    .map((file) => read(`${folder}/${file}`));
}

function deliveryStates(): string {
  const rows = members(contracts.Delivery, 'state', 'packages/contracts/src/delivery.ts').map(({ name, schema }) => {
    const after = facts().filter((fact) => {
      const delivery = contracts.deliveryAfter({ type: fact.name } as contracts.RoomFact, '')?.delivery;
      return delivery?.state === name;
    });
    const carries = fields(schema, ['state']).map(([field, type]) => `${field}: ${type}`);
    return [`\`${name}\``, carries.join('; '), after.map((fact) => `\`${fact.name}\``).join(', ')];
  });
  return table(['state', 'carries', 'after'], rows);
}

function closeCodes(): string {
  const said = comments(read('packages/contracts/src/closeCode.ts'), String.raw`(\w+): 4\d{3},`);
  const sent = sources('apps/api/src').join('\n');
  const rows = Object.entries(contracts.CloseCode).map(([name, code]) => {
    if (!said.get(name)) throw new Error(`close code ${code} has no comment that says what it means`);
    const isSent = sent.includes(`CloseCode.${name}`);
    return [String(code), [said.get(name)!, isSent ? '' : NEVER_SENT].filter(Boolean).join(' ')];
  });
  return table(['code', ''], rows);
}

const NEVER_SENT = 'Reserved: this version never sends it.';

function types(): string {
  const named = ['content', 'fact', 'id'].map((name) => read(`packages/contracts/src/${name}.ts`)).join('\n');
  const said = comments(named, String.raw`(?:export )?const (\w+) =`);
  return paragraphs(
    ...Object.entries(NAMED).map(([name, type]) => {
      const schema = schemaOfNamed(name, type);
      const shapes = (schema.oneOf ?? [schema]).map((one) => `- ${typeOf(one)}`).join('\n');
      return paragraphs(`### ${name}`, said.get(name), shapes);
    }),
  );
}

const reference = `${paragraphs(
  '# Reference',
  'Made from the router and the contracts by `node --import tsx scripts/reference.ts`; `npm run check` fails when it is old. Do not edit it.',
  'Procedures are called over `/trpc`: queries and mutations over HTTP or WebSocket, subscriptions over WebSocket, or over HTTP as Server-Sent Events and as polls. They need the cookie of a sign-in, or a key in the header `x-api-key` that has the scope named, where nothing else is said. Some of them are plain HTTP, too, described at `/api/v1/docs` of every desk. Fields marked "no" may be left out; the value behind the colon is then taken. Lengths are those that the schema states; a comment may state more.',
  '## Procedures',
  procedures(),
  '## Facts',
  'What a conversation can hold. An event is `{ seq, at, fact }`; every fact carries its name as `type`.',
  factList(),
  '## Refusals',
  'A refusal is in `error.data.refusal`. An error without one is a fault: its message is `INTERNAL`, and `error.data.correlationId` finds the cause in the log.',
  refusals(),
  '## Delivery states',
  'Where a message is on its way to LINE, and the facts that bring it there.',
  deliveryStates(),
  '## Close codes of the WebSocket',
  closeCodes(),
  'Besides these the socket closes with 1009 for a frame over 64 KiB, by the protocol itself.',
  '## Types',
  types(),
)}\n`;

if (!process.argv.includes('--check')) writeFileSync(target, reference);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== reference) {
  process.stderr.write('docs/reference.md is old. Renew it: node --import tsx scripts/reference.ts\n');
  process.exit(1);
}
