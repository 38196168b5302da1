/** How tall the box may become before it scrolls. */
const TALLEST_PX = 220;

/** Makes a text box as tall as what is in it. */
export function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${Math.min(TALLEST_PX, box.scrollHeight)}px`;
}
