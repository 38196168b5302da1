/** The input of a stream that goes on after the event with that id. Without one it begins as it was asked to. */
export const withCursor = (input: unknown, lastEventId: string | undefined): unknown =>
  lastEventId === undefined ? input : { ...(input as object | undefined), lastEventId };
