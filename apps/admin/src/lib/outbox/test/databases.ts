import * as fake from 'fake-indexeddb';

/** Gives Node a browser's databases: new and empty ones. */
export function freshDatabases(): void {
  Object.assign(globalThis, fake, { indexedDB: new fake.IDBFactory() });
}
