import type { en } from './en.ts';

/** The same keys with other words. */
type Widen<Words> = { readonly [Key in keyof Words]: Words[Key] extends string ? string : Widen<Words[Key]> };

/** What every language must have in full. */
export type Catalog = Widen<typeof en>;
