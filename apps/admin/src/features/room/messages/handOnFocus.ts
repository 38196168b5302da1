/**
 * For a button under an unsent message: when it goes from the screen with the focus, the first button of what is left of
 * the messages from there on has it next, or else the box where one writes. Nobody is put back to the top of the page.
 */
export const handsOnFocus = (button: HTMLButtonElement | null) => () => {
  const log = button?.closest<HTMLElement>('[role=log]');
  const own = button?.closest('[data-unsent]');
  if (!log || !own || document.activeElement !== button) return;
  const lines = [...log.querySelectorAll('[data-unsent]')];
  const fromHere = lines.slice(lines.indexOf(own));
  // What is left is known once the screen has changed.
  queueMicrotask(() => {
    if (!log.isConnected || document.activeElement !== document.body) return;
    const next = fromHere.find((line) => line.isConnected && line.querySelector('button'))?.querySelector('button');
    (next ?? boxBeside(log) ?? log).focus();
  });
};

/** Under a finger it would bring up a keyboard that nobody asked for. */
const boxBeside = (log: HTMLElement): HTMLElement | null | undefined =>
  matchMedia('(pointer: fine)').matches
    ? log.closest('#room')?.querySelector<HTMLElement>('textarea[data-composer]')
    : null;
