import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');

/** A path from here: in the sources, or in the bundle. */
export const beside = (source: string, bundled: string): string =>
  fileURLToPath(new URL(isSource ? source : bundled, import.meta.url));
