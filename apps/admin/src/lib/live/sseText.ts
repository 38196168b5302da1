/** One event of a `text/event-stream`. `id` is null where it carries none of its own. */
export interface SseEvent {
  event: string;
  data: string;
  id: string | null;
}

/** Reads a whole answer, as a poll gets it. */
export function readSse(text: string): SseEvent[] {
  return text
    .split(/(?:\r\n|\n|\r){2,}/)
    .map(readEvent)
    .filter((event) => event !== null);
}

function readEvent(block: string): SseEvent | null {
  const read: SseEvent = { event: 'message', data: '', id: null };
  let isEmpty = true;
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^([a-z]+)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'event') read.event = value;
    else if (field === 'data') read.data += value;
    else if (field === 'id') read.id = value || null;
    else continue;
    isEmpty = false;
  }
  return isEmpty ? null : read;
}
