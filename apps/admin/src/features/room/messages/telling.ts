import type { DeliveryFailure } from '@sala/contracts';

/*
 * What may be said of a message that is not at LINE. That LINE refused it is true only where LINE answered so;
 * where it was never reached the message did not leave, and where nothing is certain it may have arrived.
 */

export function whileDelayed({ certain, status }: DeliveryFailure) {
  if (!certain) return 'checking';
  return status === null ? 'unreached' : 'retrying';
}

export function onceFailed({ certain, status }: DeliveryFailure) {
  if (!certain) return 'failedSilent';
  return status === null ? 'failedUnreached' : 'failed';
}

/** LINE's reason as a part of our sentence, which has a full stop of its own. */
export const reasonOf = ({ message }: DeliveryFailure): string => message.trim().replace(/[.。]+$/u, '');
