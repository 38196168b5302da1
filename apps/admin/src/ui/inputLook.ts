/** A line to write on. */
export const inputLook =
  'h-9 w-full rounded-control bg-floor px-2.5 text-ui text-ink inset-ring inset-ring-line-control focus:outline-2 focus:-outline-offset-1 focus:outline-khram max-pane:h-11';
