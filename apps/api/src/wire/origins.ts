/** The origins whose pages may speak for an operator: exactly these, `null` never. */
export type Origins = ReadonlySet<string>;

/** The desk's public address; without one, this machine's own names for the port. `also` are further ones (the dev server). */
export function originsOf({
  publicUrl,
  port,
  also,
}: {
  publicUrl?: string | undefined;
  port: number;
  also: string[];
}): Origins {
  const own = publicUrl
    ? [publicUrl]
    : [`http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`];
  return new Set([...own, ...also].map((url) => new URL(url).origin));
}
