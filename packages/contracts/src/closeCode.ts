/**
 * Why the server closes a socket. The code carries what the client does next; every other code, and none at all,
 * means: dial again, with a growing pause.
 */
export const CloseCode = {
  /** The sign-in has ended: ask for a new one. */
  signInAgain: 4401,
  /** Who one is on the desk has changed (role, teams): dial again at once, and fetch everything anew. */
  identityChanged: 4402,
  /** This operator may not be here any more: stop, and say so. */
  revoked: 4403,
  /** Who this is was not said in time: dial again, with a ticket. */
  nobody: 4408,
  /** Too many sockets of one operator: dial again, seldom. */
  tooMany: 4409,
  /** Too much was left unread: dial again at once and resume. */
  tooSlow: 4413,
  /** Too many calls: dial again after at least 10 s. */
  flood: 4429,
  /** The server says goodbye: dial again soon, another one answers. */
  draining: 4503,
} as const;
