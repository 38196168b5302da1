import { defineConfig } from 'prisma/config';

/** Only `prisma generate` reads this; migrations are made and applied by `src/migrate.ts`, offline. */
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
