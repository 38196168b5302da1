import type { DeskHealth } from '@sala/contracts';
import { useSyncExternalStore } from 'react';

/** What the server last said of itself: whether it hears the others, and which build of this page it serves. */
interface Told {
  health: DeskHealth;
  isNewBuild: boolean;
}

let told: Told = { health: 'whole', isNewBuild: false };
const listeners = new Set<() => void>();

function become(next: Partial<Told>): void {
  told = { ...told, ...next };
  listeners.forEach((each) => each());
}

export const healthHeard = (health: DeskHealth): void => become({ health });

/** Which build this page is of, as it says itself. One that is served while it is worked on says nothing. */
const ownBuild = (): string | null =>
  document.querySelector<HTMLMetaElement>('meta[name="sala-build"]')?.content ?? null;

/** Nobody is asked to reload where the page, or the server's, has no name. */
export const isAnotherBuild = (own: string | null, served: string | null): boolean =>
  own !== null && served !== null && served !== own;

export const buildHeard = (build: string | null): void => become({ isNewBuild: isAnotherBuild(ownBuild(), build) });

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTold = (): Told => useSyncExternalStore(listen, () => told);
