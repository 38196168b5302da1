import 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with a migrated, empty embedded database, to be copied (apps/api/test/desk/globalSetup.ts). */
    embeddedTemplate: string;
  }
}
