/** A step that takes longer than this is told to whoever waits. */
const TELL_AFTER_MS = 1_000;

/** Tells a step when it has taken longer than a second. */
export function tellSlowSteps(): { progress: (step: string) => void; done: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const progress = (step: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => process.stdout.write(`… ${step}\n`), TELL_AFTER_MS);
  };
  return { progress, done: () => clearTimeout(timer) };
}
