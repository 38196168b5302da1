const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address, if it leads where a customer's words may lead. */
export function safeHref(href: string): string | null {
  try {
    return SAFE.has(new URL(href).protocol) ? href : null;
  } catch {
    return null;
  }
}
