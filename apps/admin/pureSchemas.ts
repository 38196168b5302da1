import type { Plugin } from 'vite';

const CONTRACTS = /\/packages\/contracts\/src\/\w+\.ts$/;

interface Declared {
  type: string;
  declaration?: Declared | null;
  declarations?: { init: { type: string; start: number; end: number } | null }[];
}

/**
 * Tells the bundler that making a schema does nothing but make it, which it cannot see through zod's chained calls.
 * So the schemas that the browser never asks, and zod with them, stay out of its bundle.
 */
export function pureSchemas(): Plugin {
  return {
    name: 'pure-schemas',
    enforce: 'post',
    apply: 'build',
    transform(code, id) {
      if (!CONTRACTS.test(id)) return null;
      const body = this.parse(code).body as unknown as Declared[];
      const made = body
        .flatMap((statement) => (statement.declaration ?? statement).declarations ?? [])
        .flatMap(({ init }) => (init?.type === 'CallExpression' ? [init] : []));
      let marked = code;
      for (const { start, end } of made.toReversed()) {
        marked = `${marked.slice(0, start)}/* @__PURE__ */ (() => ${marked.slice(start, end)})()${marked.slice(end)}`;
      }
      return { code: marked, map: null };
    },
  };
}
