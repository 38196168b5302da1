import { z } from 'zod';
import { Instant, OperatorId } from './id.ts';
import { Text } from './text.ts';

/**
 * What an API key may be used for; within that, what its operator may do. `read`: lists, rooms, customers and streams.
 * `write`: acts on conversations. `manage`: accounts, teams, channels and settings. `audit`: the audit log.
 */
export const Scope = z.enum(['read', 'write', 'manage', 'audit']);
export type Scope = z.infer<typeof Scope>;

/** As many keys has one operator; as many, the newest, a list shows. */
export const MAX_KEYS_EACH = 50;
export const MAX_KEYS = 1_000;
export const MAX_KEY_DAYS = 400;

/** A key as it is listed: the secret is told once, when it is made. `prefix` is its beginning, for telling keys apart. */
export const ApiKey = z.object({
  keyId: z.string(),
  name: z.string(),
  prefix: z.string(),
  operatorId: OperatorId,
  scopes: z.array(Scope),
  createdAt: Instant,
  expiresAt: Instant,
  usedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/**
 * A new key: one's own, or with `operatorId` that of a service account, an operator who never signs in. Calls of a key
 * act as its operator.
 */
export const AddKey = z.strictObject({
  name: Text.trim().min(1).max(100),
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  days: z.int().min(1).max(MAX_KEY_DAYS),
  operatorId: OperatorId.optional(),
});
export type AddKey = z.infer<typeof AddKey>;

export const KeyAdded = z.object({ key: ApiKey, secret: z.string() });
export type KeyAdded = z.infer<typeof KeyAdded>;

export const OneKey = z.strictObject({ keyId: z.string().min(1).max(64) });
export type OneKey = z.infer<typeof OneKey>;

/** An operator that programs act as. */
export const AddService = z.strictObject({
  name: Text.trim().min(1).max(100),
  role: z.enum(['operator', 'supervisor']),
});
export type AddService = z.infer<typeof AddService>;
