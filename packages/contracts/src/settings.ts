import { z } from 'zod';

/** Who sees the conversations of no team: everybody, or supervisors and admins, who give them to a team. */
export const Unassigned = z.enum(['everybody', 'supervisors']);
export type Unassigned = z.infer<typeof Unassigned>;

/** What holds for the whole desk. Missing fields take these defaults. */
export const DeskSettings = z.object({ unassigned: Unassigned.default('everybody') });
export type DeskSettings = z.infer<typeof DeskSettings>;

/** Only what is named changes. */
export const ChangeDeskSettings = z.strictObject({ unassigned: Unassigned.optional() });
export type ChangeDeskSettings = z.infer<typeof ChangeDeskSettings>;
