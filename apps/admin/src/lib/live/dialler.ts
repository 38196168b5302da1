import { CloseCode } from '@sala/contracts';
import { backoffMs } from './backoff.ts';
import { afterClose } from './closePolicy.ts';
import { GONE_SOON_MS, Pulse } from './pulse.ts';
import type { Socket, SocketEars } from './socket.ts';

/** A dial that has brought no answer by then is given up. */
export const DIAL_WITHIN_MS = 6_000;
/** While another way is in use, a socket is tried this often. */
export const SELDOM_MS = 60_000;
/** A connection that lasted this long begins the count of tries anew. */
const LASTED_MS = 10_000;

export interface DiallerEars {
  dialled: (attempt: number) => void;
  opened: (socket: Socket) => void;
  heard: () => void;
  /** The open socket is silent, or speaks again. */
  doubted: (isDoubted: boolean) => void;
  /** It was lost, or a dial failed. The next one begins at `until`. */
  closed: (next: { attempt: number; until: number; isGoodbye: boolean }) => void;
  /** A dial ended without an answer. `hung`: nobody even refused it. `tooMany`: this operator has too many sockets. */
  failed: (how: 'refused' | 'hung' | 'tooMany') => void;
  /** Who one is on the desk has changed: the next socket is somebody else's. */
  identityChanged: () => void;
  /** The server wants no further one. */
  ended: (type: 'signedOut' | 'revoked') => void;
}

type Stage =
  | { type: 'off' }
  | { type: 'dialling'; socket: Socket; timer: ReturnType<typeof setTimeout> }
  | { type: 'open'; socket: Socket; since: number; pulse: Pulse }
  /** `isBinding`: the server asked for this pause. */
  | { type: 'waiting'; timer: ReturnType<typeof setTimeout>; isBinding: boolean };

/** Keeps one socket open: dials, watches, dials again, for ever. */
export class Dialler {
  /** Whether something else is in use meanwhile, so that a try a minute is enough. */
  isSeldom = false;
  readonly #open: (ears: SocketEars) => Socket;
  readonly #ears: DiallerEars;
  readonly #chance: () => number;
  #stage: Stage = { type: 'off' };
  #attempt = 0;
  /** Somebody asked for a try while one was on its way: should it fail, the next one does not wait for long. */
  #isHurried = false;

  constructor(open: (ears: SocketEars) => Socket, ears: DiallerEars, chance: () => number) {
    this.#open = open;
    this.#ears = ears;
    this.#chance = chance;
  }

  start(): void {
    if (this.#stage.type !== 'off') return;
    this.#attempt = 0;
    this.#dial();
  }

  stop(): void {
    this.#leave();
    this.#stage = { type: 'off' };
  }

  /** Tries now what it would try later, and asks an open socket whether anybody is there. */
  nudge(by: 'hand' | 'device'): void {
    const stage = this.#stage;
    if (stage.type === 'open') stage.pulse.ask(GONE_SOON_MS);
    if (stage.type === 'dialling') this.#isHurried = true;
    if (stage.type !== 'waiting' || (stage.isBinding && by === 'device')) return;
    this.#leave();
    this.#dial();
  }

  #dial(): void {
    this.#ears.dialled(this.#attempt);
    const socket = this.#open({
      opened: () => this.#opened(socket),
      heard: () => {
        if (this.#stage.type === 'open') this.#stage.pulse.heard();
        this.#ears.heard();
      },
      closed: (code) => this.#closed(code),
    });
    const timer = setTimeout(() => this.#closed(undefined, 'hung'), DIAL_WITHIN_MS);
    this.#stage = { type: 'dialling', socket, timer };
  }

  #opened(socket: Socket): void {
    this.#isHurried = false;
    this.#leave('staysOpen');
    const pulse = new Pulse({
      ask: socket.ask,
      doubted: this.#ears.doubted,
      gone: () => this.#closed(undefined),
    });
    this.#stage = { type: 'open', socket, since: Date.now(), pulse };
    this.#ears.opened(socket);
  }

  #closed(code: number | undefined, how: 'refused' | 'hung' = 'refused'): void {
    const stage = this.#stage;
    this.#leave();
    const hasLasted = stage.type === 'open' && Date.now() - stage.since >= LASTED_MS;
    const before = hasLasted ? 0 : this.#attempt;
    const after = afterClose(code, before, this.#chance);
    if (after.type !== 'again') {
      this.#stage = { type: 'off' };
      return this.#ears.ended(after.type);
    }
    this.#attempt = before + 1;
    if (after.isChanged) this.#ears.identityChanged();
    const soonMs = this.#isHurried && !after.isBinding ? backoffMs(0, this.#chance) : Infinity;
    const waitMs = Math.min(soonMs, this.isSeldom ? SELDOM_MS : after.waitMs);
    this.#isHurried = false;
    this.#stage = {
      type: 'waiting',
      timer: setTimeout(() => this.#dial(), waitMs),
      isBinding: after.isBinding,
    };
    this.#ears.closed({ attempt: this.#attempt, until: Date.now() + waitMs, isGoodbye: after.isGoodbye });
    if (code === CloseCode.tooMany) this.#ears.failed('tooMany');
    else if (stage.type === 'dialling') this.#ears.failed(how);
  }

  /** Ends what the stage had begun. */
  #leave(socketWill?: 'staysOpen'): void {
    const stage = this.#stage;
    switch (stage.type) {
      case 'off':
        return;
      case 'waiting':
        return clearTimeout(stage.timer);
      case 'dialling':
        clearTimeout(stage.timer);
        if (!socketWill) stage.socket.hangUp();
        return;
      case 'open':
        stage.pulse.end();
        stage.socket.hangUp();
    }
  }
}
