import type { Identity } from '../auth/identity.ts';
import type { Deps } from '../deps.ts';
import type { Places } from '../wire/places.ts';
import type { Lease } from '../wire/lease.ts';
import type { Wire } from '../wire/wire.ts';

/** What a call begins with: what the desk stands on, and who asks, if anybody. */
export type Context = {
  deps: Deps;
  identity: Identity | null;
  /** Where they ask from; null within the process. */
  address: string | null;
  wire?: Wire | undefined;
  /** Until when a socket may be used that was opened with a ticket. */
  lease?: Lease | undefined;
  /** Where a stream takes its place that goes over HTTP: no more than so many of one operator. */
  streams?: Places | undefined;
  /** Whether a stream is asked for what there is now, and not for what is to come. */
  poll: boolean;
  /** Logs an error that is nobody's refusal and names it, so that the person who saw it can be helped. */
  correlationId: (error: Error) => string;
  /** Logs why the desk could not answer now. Whoever asked asks again; whoever runs the desk has to know. */
  notNow: (error: unknown) => void;
};

/** How somebody asks: over a socket; by HTTP, perhaps by a poll; and if nothing is said, from within the process. */
export type Transport = {
  wire?: Wire;
  streams?: Places;
  poll?: boolean;
  address?: string | null | undefined;
  lease?: Lease;
};

/** The context of one call or one connection. */
export function createContext(
  deps: Deps,
  identity: Identity | null,
  { wire, streams, poll = false, address = null, lease }: Transport = {},
): Context {
  return {
    deps,
    identity,
    address,
    wire,
    lease,
    streams,
    poll,
    correlationId: (error) => {
      const correlationId = deps.newId();
      deps.log.error(
        { err: error.cause ?? error, correlationId, operatorId: identity?.operator.operatorId },
        'a call failed',
      );
      return correlationId;
    },
    notNow: (error) => {
      deps.log.warn(
        { err: error, operatorId: identity?.operator.operatorId },
        'the database does not answer: a call was refused',
      );
    },
  };
}
