/** Where to go after sign-in: the address that was wanted if it is one of ours, else the desk's first page. */
export function ownAddress(wanted: string | undefined, origin = location.origin): string {
  if (!wanted?.startsWith('/')) return '/';
  try {
    // Browsers read `//host` and `/\host` as another site; the parser they use decides.
    const url = new URL(wanted, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}
