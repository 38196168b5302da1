import { StartError } from '@sala/db';
import pino, { type Logger } from 'pino';

/** What may be in a log record and must not be: identities and secrets. Message text is never given to the log. */
const SECRETS = [
  'req.headers.cookie',
  'req.headers.authorization',
  '*.password',
  '*.secret',
  '*.accessToken',
  '*.cookie',
];

/** What an error is and where it came from. Its other fields hold connections, queries and rows, which are nobody's business. */
const causeOnly = (error: Error & { code?: unknown }) => ({
  type: error.name,
  code: error.code,
  message: error.message,
  stack: error.stack,
});

/** Nobody waits longer than this for a goodbye: who started us would end us after 30 s. */
const STOP_WITHIN_MS = 28_000;

/** Ctrl-C reaches us twice, from the terminal and from npm. A second signal after this long is an order. */
const SAME_SIGNAL_MS = 500;

/**
 * Runs something until it is asked to end (Ctrl-C, SIGTERM), then ends it in order; asked again, it ends at once. A
 * foreseen reason not to start is one line; anything unforeseen is shown whole. These exit with 1.
 */
export async function run(
  start: (log: (level: string) => Logger) => Promise<{ stop: () => Promise<void>; broken: Promise<string> }>,
): Promise<void> {
  const createLog = (level: string) =>
    pino({ level, redact: SECRETS, serializers: { err: causeOnly } }, pino.destination({ dest: 2, sync: false }));
  try {
    const running = await start(createLog);
    let stoppingSince: number | null = null;
    const stop = () => {
      if (stoppingSince !== null) {
        if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
        return;
      }
      stoppingSince = performance.now();
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      void running.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    // Whoever started us can start us again; half a desk helps nobody.
    void running.broken.then((reason) => {
      if (stoppingSince === null) fail(new StartError(reason));
    });
    // Started by another program: its end is ours, also while we started.
    process.on('disconnect', stop);
    if (process.send && !process.connected) stop();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  const text =
    error instanceof StartError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
