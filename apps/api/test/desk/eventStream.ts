/** One thing that was said over Server-Sent Events: an event of the stream has no name, tRPC's own words have. */
export type Said = { name: string | null; id: string | null; data: unknown };

export type EventStream = {
  status: number;
  headers: Headers;
  /** Everything that was said so far. */
  said: Said[];
  /** The data of what the stream itself said. */
  data: () => unknown[];
  /** Resolves when the server has ended it, or we have. */
  ended: Promise<void>;
  hangUp: () => void;
};

export type Asked = {
  cookie?: string;
  input?: unknown;
  lastEventId?: string;
  poll?: boolean;
  headers?: Record<string, string>;
};

/** Asks for a stream over plain HTTP, as EventSource does. */
export async function openEventStream({ url }: { url: string }, path: string, asked: Asked = {}): Promise<EventStream> {
  const { cookie, input, lastEventId, poll, headers } = asked;
  const line = new AbortController();
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await fetch(`${url}/trpc/${path}${query}`, {
    signal: line.signal,
    headers: {
      accept: 'text/event-stream',
      'accept-encoding': 'br, gzip',
      ...(cookie && { cookie }),
      ...(lastEventId && { 'last-event-id': lastEventId }),
      ...(poll && { 'x-sala-poll': '1' }),
      ...headers,
    },
  });
  const said: Said[] = [];
  return {
    status: answer.status,
    headers: answer.headers,
    said,
    data: () => said.filter(({ name }) => name === null).map(({ data }) => data),
    ended: hear(answer, said).catch(() => undefined), // we hung up
    hangUp: () => line.abort(),
  };
}

async function hear(answer: Response, said: Said[]): Promise<void> {
  let text = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(block.split('\n').filter(Boolean).map(fieldOf));
      if (fields.size > 0)
        said.push({
          name: fields.get('event') ?? null,
          id: fields.get('id') ?? null,
          data: parsed(fields.get('data')),
        });
    }
  }
}

const fieldOf = (line: string): [string, string] => {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
};

const parsed = (data: string | undefined): unknown => (data ? JSON.parse(data) : null);
