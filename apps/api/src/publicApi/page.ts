import type { Description } from './description.ts';

/** The description as a page: no script, so that it works under the desk's content security policy. */
export function pageOf({ info, paths = {}, components, servers }: Description): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      path: `${servers![0]!.url}${path}`,
      method,
      ...operation,
    })),
  );
  const schemas = Object.entries(components?.schemas ?? {});
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${text(info.title)}: the API</title>
<link rel="stylesheet" href="${servers![0]!.url}/docs.css">
</head>
<body>
<header>
<h1>${text(info.title)}: the API</h1>
<p>${marked(info.description ?? '')}</p>
<p>The same for programs: <a href="${servers![0]!.url}/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
</header>
<nav aria-label="Calls"><ul>
${operations.map(({ operationId, method, path }) => `<li><a href="#${text(operationId)}"><code>${method.toUpperCase()} ${text(path)}</code></a></li>`).join('\n')}
</ul></nav>
<main>
${operations.map(operationOf).join('\n')}
<h2>Types</h2>
${schemas.map(([name, schema]) => `<section id="${text(name)}"><h3>${text(name)}</h3>${json(schema)}</section>`).join('\n')}
</main>
</body>
</html>
`;
}

type Media = { content?: Record<string, { schema?: unknown }> };
type Operation = {
  operationId: string;
  summary: string;
  description: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[];
  requestBody?: Media;
  responses: Record<string, Media>;
};

function operationOf(operation: Operation & { path: string; method: string }): string {
  const { operationId, method, path, summary, description, parameters = [], requestBody, responses } = operation;
  return `<section id="${text(operationId)}">
<h2><code>${method.toUpperCase()} ${text(path)}</code></h2>
<p>${marked(summary)} ${marked(description)}</p>
${parameters.length > 0 ? parametersOf(parameters) : ''}
${requestBody ? `<h3>Body</h3>${json(schemaIn(requestBody))}` : ''}
<details><summary>Answer</summary>${json(schemaIn(responses['200']!))}</details>
</section>`;
}

const parametersOf = (parameters: NonNullable<Operation['parameters']>): string =>
  `<table><thead><tr><th>Parameter</th><th>In</th><th>Needed</th><th>Type</th></tr></thead><tbody>
${parameters.map(({ name, in: place, required, schema }) => `<tr><td><code>${text(name)}</code></td><td>${text(place)}</td><td>${required ? 'yes' : 'no'}</td><td><code>${text(JSON.stringify(schema))}</code></td></tr>`).join('\n')}
</tbody></table>`;

const schemaIn = ({ content }: Media): unknown => content?.['application/json']?.schema;

/** With a link to each type that is named. */
const json = (value: unknown): string =>
  `<pre tabindex="0">${text(JSON.stringify(value, null, 2)).replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>')}</pre>`;

const marked = (words: string): string => text(words).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const text = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const STYLES = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h2 { margin-top: 3rem; font-size: 1.1rem; }
h2 code { font-size: 1rem; font-weight: 600; }
h3 { font-size: 1rem; }
details { margin-top: 1rem; }
nav ul { list-style: none; padding: 0; }
code, pre { font: 0.85rem/1.5 ui-monospace, monospace; }
pre { overflow: auto; max-height: 30rem; padding: 1rem; border: 1px solid #8884; border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
td:last-child { overflow-wrap: anywhere; }
summary { cursor: pointer; }
:focus-visible { outline: 2px solid; outline-offset: 2px; }
`;
