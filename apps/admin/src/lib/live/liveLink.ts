import type { AppRouter } from '@sala/api/router';
import type { OperationResultEnvelope, TRPCClientError, TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import { isSignedOut, refusalOf } from '../problem.ts';
import { backoffMs } from './backoff.ts';
import type { Carrier, Line, Seat } from './line.ts';
import { withCursor } from './withCursor.ts';

/** A stream that lasted this long begins the count of its failures anew. */
const LASTED_MS = 10_000;
/** And is followed by the next one within this. */
const SOON_MS = 300;

/**
 * Carries every stream over whatever the line has, and from one carrier to the next: where events have numbers, without
 * loss or repetition. A refusal ends the stream; any other failure is tried again, with pauses that grow to 30 s.
 */
export function liveLink(
  line: Pick<Line, 'join' | 'up' | 'down' | 'leave'>,
  { signedOut }: { signedOut: () => void },
): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        let cursor: string | undefined;
        let startedAt: number | null = null;
        let failures = 0;
        let ride: Unsubscribable | null = null;
        let rides = 0;
        let again: ReturnType<typeof setTimeout> | undefined;

        const alight = () => {
          clearTimeout(again);
          rides += 1;
          ride?.unsubscribe();
          ride = null;
        };

        const tellState = (state: 'connecting' | 'pending', error: TRPCClientError<AppRouter> | null = null) => {
          const result = state === 'connecting' ? ({ type: 'state', state, error } as const) : PENDING;
          observer.next({ result, context: op.context });
        };

        const hear = (carrier: Carrier, envelope: OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>) => {
          const { result } = envelope;
          switch (result.type) {
            case 'state':
              // The line knows the state. An event stream that ended would wait seconds before it began again.
              if (result.state === 'connecting' && result.error) tryAgain(carrier, result.error);
              return;
            case 'started':
              startedAt = Date.now();
              observer.next(envelope);
              tellState('pending');
              line.up(seat);
              return;
            case 'stopped':
              return;
            case 'data':
            case undefined:
              if (result.id !== undefined) cursor = result.id;
              observer.next(envelope);
          }
        };

        const tryAgain = (carrier: Carrier, error: TRPCClientError<AppRouter> | null) => {
          alight();
          // The server ends streams over HTTP every few minutes: that is no failure.
          const hasLasted = startedAt !== null && Date.now() - startedAt >= LASTED_MS;
          failures = hasLasted ? 0 : failures + 1;
          startedAt = null;
          again = setTimeout(() => board(carrier), waitMs(error, failures));
          line.down(seat);
          tellState('connecting', error);
        };

        const board = (carrier: Carrier) => {
          const number = rides;
          ride = carrier.link({ op: { ...op, input: withCursor(op.input, cursor) }, next: noNext }).subscribe({
            // What was left may still speak: its events come again on the next carrier.
            next: (envelope) => {
              if (number === rides) hear(carrier, envelope);
            },
            error: (error) => {
              if (number !== rides) return;
              if (isSignedOut(error)) signedOut();
              if (isFinal(error)) return observer.error(error);
              tryAgain(carrier, error);
            },
            // No stream of the desk has an end: a server that says goodbye ends them.
            complete: () => {
              if (number === rides) tryAgain(carrier, null);
            },
          });
        };

        const seat: Seat = {
          path: op.path,
          carry: (carrier) => {
            alight();
            tellState('connecting');
            if (carrier) board(carrier);
          },
        };
        line.join(seat);
        return () => {
          line.leave(seat);
          alight();
        };
      });
}

const PENDING = { type: 'state', state: 'pending', error: null } as const;

const noNext = (): never => {
  throw new Error('a carrier has no further link');
};

/** An answer that would be the same again. What is not available now, or too much now, is asked again. */
function isFinal(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal !== null && !('retryAfterMs' in refusal);
}

function waitMs(error: unknown, failures: number): number {
  const refusal = refusalOf(error);
  const asked = refusal && 'retryAfterMs' in refusal ? refusal.retryAfterMs : 0;
  return asked + (failures === 0 ? SOON_MS * Math.random() : backoffMs(failures - 1));
}
