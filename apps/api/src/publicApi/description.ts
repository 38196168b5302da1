import {
  AuditEntry,
  Content,
  Delivery,
  Entry,
  HandOver,
  InboxRow,
  Refusal,
  RoomEvent,
  RoomFact,
  RoomHead,
  RoomState,
  SendableContent,
  Session,
} from '@sala/contracts';
import { z } from 'zod';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { KEY_HEADER } from '../keys/identityOfKey.ts';
import { fieldsInPath, inputOf, type Route, ROUTES, scopeOf } from './routes.ts';

/** Where the public API lives. The number goes up when something that programs count on is taken away. */
export const API_PREFIX = '/api/v1';

/** Types that are described once, by name. */
const NAMED = {
  AuditEntry,
  Content,
  Delivery,
  Entry,
  HandOver,
  InboxRow,
  Refusal,
  RoomEvent,
  RoomFact,
  RoomHead,
  RoomState,
  SendableContent,
  Session,
} satisfies Record<string, z.ZodType>;

const NotDone = z.object({
  error: z.union([Refusal, z.object({ code: z.literal('INTERNAL'), correlationId: z.string() })]),
});

const ABOUT = `Answers customers of LINE Official Accounts from programs. Every call shows a key in the header \`${KEY_HEADER}\` and acts as
the key's operator, within the key's scopes. A call that is refused answers \`{ "error": { "code": … } }\`; a fault answers
a \`correlationId\` that the desk's log knows. What happens as it happens is told over tRPC's streams: see @sala/client.`;

export type Description = ReturnType<typeof createDocument>;

/** The public API in the words of OpenAPI 3.1, made from the same schemas that parse what is asked. */
export function describeApi(): Description {
  for (const [id, schema] of Object.entries(NAMED)) {
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
  }
  const paths: ZodOpenApiPathsObject = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Sala', version: '1', description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: API_PREFIX }],
    security: [{ key: [] }],
    paths,
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: KEY_HEADER } } },
  } satisfies ZodOpenApiObject;
  return createDocument(document, { override: openToMore });
}

/** What is answered may have more fields one day: a program that is strict about them would break. */
const openToMore: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema, io }) => {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
};

function operationOf(route: Route): ZodOpenApiOperationObject {
  const input = inputOf(route);
  const inPath = new Set(fieldsInPath(route));
  const part = (isInPath: boolean) =>
    z.strictObject(Object.fromEntries(Object.entries(input.shape).filter(([name]) => inPath.has(name) === isInPath)));
  const [path, rest] = [part(true), part(false)];
  const hasRest = Object.keys(rest.shape).length > 0;
  const isQuery = route.method === 'GET';
  return {
    operationId: route.procedure,
    summary: route.about,
    description: `Scope of the key: \`${scopeOf(route)}\`.`,
    tags: [route.procedure.split('.')[0]!],
    requestParams: { path, ...(isQuery && hasRest && { query: rest }) },
    ...(!isQuery &&
      hasRest && {
        requestBody: { required: !rest.safeParse({}).success, content: { 'application/json': { schema: rest } } },
      }),
    responses: {
      '200': { description: 'Done.', content: { 'application/json': { schema: route.answer } } },
      default: { description: 'Refused, or a fault.', content: { 'application/json': { schema: NotDone } } },
    },
  };
}
