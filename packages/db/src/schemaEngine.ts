import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as Engine from '@prisma/schema-engine-wasm';

type Bindings = typeof Engine & { __wbg_set_wasm(exports: Record<string, unknown>): void };

/** The part of the platform's WebAssembly used here: Node has it, its types leave it to the browser's. */
type Platform = {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
  };
};

let bindings: Promise<Bindings> | undefined;

/**
 * Prisma's schema engine as WebAssembly, speaking to the database through a driver adapter: no binary, no download.
 * The package is written for bundlers, so its module is instantiated here by hand.
 */
async function loadBindings(): Promise<Bindings> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const glue = (await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)) as Bindings;
  const { WebAssembly } = globalThis as unknown as Platform;
  const wasm = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')));
  const { exports } = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as (() => void) | undefined)?.();
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) },
  });
  return glue;
}

/** A schema engine for the database behind `adapter`, knowing the models in `schema` (the text of schema.prisma). */
export async function openSchemaEngine(adapter: PrismaPg, schema: string): Promise<Engine.SchemaEngine> {
  bindings ??= loadBindings();
  const { SchemaEngine } = await bindings;
  const ignoreLogLine = () => {};
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    ignoreLogLine,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

export const NO_FILTERS = { externalTables: [], externalEnums: [] };
