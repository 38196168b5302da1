import { z } from 'zod';

/** A reader may wait this long, in milliseconds, for something to read. Callers that wait longer ask again. */
const MAX_WAIT_MS = 30_000;

/** `?after=12&waitMs=5000`: what came after a number, waiting for it if there is nothing yet. */
export const Reading = z.object({
  after: z.coerce.number().int().min(0).default(0),
  waitMs: z.coerce.number().int().min(0).max(MAX_WAIT_MS).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
});
