/** The part of the platform's WebAssembly that schemaEngine.ts uses: Node has it, its types leave it to the DOM's. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>;
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Record<string, unknown>);
    readonly exports: Exports;
  }
}
