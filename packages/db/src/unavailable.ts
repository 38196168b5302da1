/** Codes of Node and of Prisma: nobody answers there, or the connection broke. */
const BROKEN = new Set(
  `ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN
   P1001 P1002 P1008 P1017 P2024 P2037`.split(/\s+/),
);

/** The same in the words of Prisma's driver adapter, where it keeps no code. */
const ADAPTER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

/**
 * PostgreSQL's own: the connection (08), resources (53), somebody who ends it or a time limit (57), a transaction that
 * was left open (25P03), and a standby that has not been promoted yet (25006).
 */
const SQLSTATES = /^(08...|53...|57014|57P0[1-5]|25P03|25006)$/;

/** Errors of the drivers that have no code at all. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)|connect ENOENT/;

/** How deep a cause is looked for. */
const MAX_DEPTH = 5;

type Signs = {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown } | null;
};

/**
 * Whether an error means that the database does not answer now: down, restarting, out of connections, or slower than
 * the pool's limits. What was asked may have been done or not; asked again later, it can succeed. Anything else is
 * the fault of the question.
 */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, originalCode, kind, message, cause, meta }: Signs = error;
  return (
    [code, originalCode].some((one) => typeof one === 'string' && (BROKEN.has(one) || SQLSTATES.test(one))) ||
    (typeof kind === 'string' && ADAPTER_KINDS.has(kind)) ||
    (typeof message === 'string' && WORDS.test(message)) ||
    [cause, meta?.driverAdapterError].some((one) => isUnavailable(one, depth + 1))
  );
}
