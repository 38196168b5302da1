import type { DeskHealth } from '@sala/contracts';
import { useSyncExternalStore } from 'react';

/** What the server last said of itself: whether it hears the others, and which build of this page it serves. */
interface Told {
  health: DeskHealth;
  isNewBuild: boolean;
}

let told: Told = { health: 'whole', isNewBuild: false };
let firstBuild: string | null = null;
const listeners = new Set<() => void>();

function become(next: Partial<Told>): void {
  told = { ...told, ...next };
  listeners.forEach((each) => each());
}

export const healthHeard = (health: DeskHealth): void => become({ health });

/** The first build that is heard is taken for this page's own. A server without a page of its own says null. */
export function buildHeard(build: string | null): void {
  if (build === null) return;
  firstBuild ??= build;
  become({ isNewBuild: build !== firstBuild });
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTold = (): Told => useSyncExternalStore(listen, () => told);
