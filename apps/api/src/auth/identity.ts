import type { Member, Operator, Scope } from '@sala/contracts';

/** How somebody came in: a browser that signed in, a program's key, or from within the process. */
export type Via =
  | { type: 'signIn'; signInId: string }
  | { type: 'key'; keyId: string; scopes: readonly Scope[] }
  | { type: 'system' };

/** Who asks, with the teams they are in, and how they came in. */
export type Identity = { operator: Member; via: Via };

/** An operator as whatever runs in the same process acts as them. */
export const asIdentity = (operator: Operator, teamIds: Member['teamIds'] = []): Identity => ({
  operator: { ...operator, teamIds },
  via: { type: 'system' },
});
