/** How often something was counted in this window, and in the one before it. */
export type Counted = { current: number; previous: number };

/**
 * How long whoever asked has to wait, in milliseconds: 0 when they need not. The window slides: of the window before,
 * that part still counts which lies within one window's length from now. Of what was too much there, nothing does, so
 * that nobody is kept out for having asked in vain.
 */
export function waitMs({ current, previous }: Counted, max: number, elapsedMs: number, windowMs: number): number {
  const before = Math.min(previous, max);
  if (current + before * (1 - elapsedMs / windowMs) <= max) return 0;
  // In the next window this one is the one before: a little of it has to have passed.
  if (current >= max) return Math.ceil(windowMs - elapsedMs + windowMs / max);
  return Math.ceil(windowMs * (1 - (max - current) / before) - elapsedMs);
}
