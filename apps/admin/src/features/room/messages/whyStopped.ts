import type { Problem } from '../../../lib/problem.ts';

/**
 * What is said, among the words of the outbox, of why a message has stopped. Elsewhere a problem asks for another try, in
 * so many seconds even; here it may be days old, and the buttons beside it are the way. Null: it has words that keep.
 */
export function whyStopped(problem: Problem) {
  switch (problem.type) {
    case 'unreachable':
      return 'whyUnreachable';
    case 'fault':
      return problem.correlationId === null ? 'whyFault' : 'whyNumberedFault';
    case 'refused':
      switch (problem.refusal.code) {
        case 'UNAVAILABLE':
          return 'whyUnavailable';
        case 'RATE_LIMITED':
          return 'whyTooFast';
        case 'NOT_IN_ROOM':
          return 'whyOutside';
        case 'INVALID':
          return 'whyInvalid';
        case 'STALE':
          return 'whyStale';
        case 'NOT_SIGNED_IN':
        case 'SIGNED_OUT':
          return 'whySignedOut';
        case 'NOT_ALLOWED':
        case 'NOT_FOUND':
        case 'ALREADY_CLAIMED':
        case 'NOT_YOURS':
        case 'SESSION_CLOSED':
        case 'TOO_LARGE':
          return null;
      }
  }
}
