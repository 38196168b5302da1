import type { Operator } from '@sala/contracts';
import type { Deps } from '../deps.ts';
import type { Wire } from '../wire/wire.ts';

/** What a call begins with: what the desk stands on, and who asks, if anybody. */
export type Context = {
  deps: Deps;
  operator: Operator | null;
  wire?: Wire | undefined;
  /** Logs an error that is nobody's refusal and names it, so that the person who saw it can be helped. */
  correlationId: (error: Error) => string;
};

/** The context of one call or one connection. */
export function createContext(deps: Deps, operator: Operator | null, wire?: Wire): Context {
  return {
    deps,
    operator,
    wire,
    correlationId: (error) => {
      const correlationId = deps.newId();
      deps.log.error({ err: error.cause ?? error, correlationId, operatorId: operator?.operatorId }, 'a call failed');
      return correlationId;
    },
  };
}
