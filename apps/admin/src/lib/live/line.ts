import type { OperationLink } from '@trpc/client';
import type { AppRouter } from '@sala/api/router';
import { type Heard, OFFLINE_AFTER_MS, type Via } from './connection.ts';
import { Dialler } from './dialler.ts';
import type { Socket, SocketEars } from './socket.ts';
import { type HoldStreams, StreamRight } from './streamRight.ts';

/** What carries a stream now. Another object is another connection: the stream goes on there, from where it stopped. */
export interface Carrier {
  via: Via;
  link: OperationLink<AppRouter>;
}

/** A stream on the line: `carry` is called at once, with every change, and once more when a broken one shall hurry. */
export interface Seat {
  path: string;
  carry: (carrier: Carrier | null) => void;
}

export interface LineDeps {
  dial: (ears: SocketEars) => Socket;
  /** The ways below a socket. */
  sse: OperationLink<AppRouter> | null;
  polling: OperationLink<AppRouter>;
  holdStreams: HoldStreams;
  /** Whether an ordinary call gets through. */
  probe: () => Promise<'works' | 'signedOut' | 'unreachable'>;
  tell: (heard: Heard) => void;
  /** Role or teams have changed: everything the page holds is to be fetched anew. */
  identityChanged: () => void;
  isVisible: () => boolean;
  chance: () => number;
}

/** So many failed dials, while ordinary calls get through, mean that sockets are blocked. One that hangs, or is one too many, says it alone. */
const BLOCKED_AFTER = 2;
const TICK_MS = 1_000;
/** The line ends this long after its last stream, so that a change of page does not break it. */
const IDLE_MS = 10_000;

/** Below a socket: an event stream says every 15 s that it is there, and a poll is answered every 3 to 8 s. */
const SILENT_AFTER_MS = { sse: 20_000, polling: 10_000 } as const;
/** Which stream tries, with every dial, whether event streams come through again. */
const TRIAL = 'me.follow';

/** What the screen stands on. Below a socket these alone are streamed, by a tab that is looked at. */
const VITAL: ReadonlySet<string> = new Set(['room.follow', 'inbox.follow']);

/** The one way by which everything live reaches this page: which it is, who uses it, and whether it can be trusted. */
export class Line {
  readonly #deps: LineDeps;
  readonly #dialler: Dialler;
  readonly #right: StreamRight;
  readonly #sse: Carrier | null;
  readonly #polling: Carrier;
  readonly #seats = new Map<Seat, Carrier | null>();
  /** Vital streams that have not begun on what carries them now, and those that failed on it. */
  readonly #pending = new Set<Seat>();
  readonly #broken = new Set<Seat>();
  #isOn = false;
  /** A sign-in has ended: only the next one begins the line anew. */
  #isOver = false;
  #rung: Via = 'socket';
  #socket: Carrier | null = null;
  #failedDials = 0;
  #heardAt = Date.now();
  #isSilent = false;
  /** While it polls: whether one stream tries the other way. */
  #isTrial = false;
  #brokenSince = 0;
  #tick: ReturnType<typeof setInterval> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: LineDeps) {
    this.#deps = deps;
    this.#sse = deps.sse && { via: 'sse', link: deps.sse };
    this.#polling = { via: 'polling', link: deps.polling };
    this.#right = new StreamRight(deps.holdStreams, {
      changed: () => this.#carryAll(),
      silent: () => void this.#doubtStreams(),
    });
    this.#dialler = new Dialler(
      deps.dial,
      {
        dialled: (attempt) => {
          if (this.#rung === 'socket') deps.tell({ type: 'dialled', attempt });
          if (this.#rung === 'polling') this.#tryStreams();
        },
        opened: (socket) => this.#opened(socket),
        heard: this.heard,
        doubted: (isSilent) => {
          this.#isSilent = isSilent;
          this.#judge();
        },
        closed: (next) => {
          if (this.#rung !== 'socket') return;
          this.#socket = null;
          deps.tell({ type: 'closed', ...next });
          this.#carryAll();
        },
        failed: (how) => void this.#lookWhy(how === 'refused' ? 1 : BLOCKED_AFTER),
        identityChanged: deps.identityChanged,
        ended: (type) => this.#end(type),
      },
      deps.chance,
    );
  }

  /** When the server was last heard on any way, in milliseconds of this device. */
  get heardAt(): number {
    return this.#heardAt;
  }

  join(seat: Seat): void {
    clearTimeout(this.#idle);
    if (!this.#isOn && !this.#isOver) this.#start();
    this.#carry(seat);
  }

  leave(seat: Seat): void {
    this.#seats.delete(seat);
    const wasMissed = [this.#pending.delete(seat), this.#broken.delete(seat)].includes(true);
    if (wasMissed) this.#judge();
    if (this.#seats.size === 0) this.#idle = setTimeout(() => this.#stop(), IDLE_MS);
  }

  /** The stream has begun, or begun again. */
  up(seat: Seat): void {
    this.#pending.delete(seat);
    this.#broken.delete(seat);
    this.#judge();
  }

  /** The stream failed and tries again by itself. */
  down(seat: Seat): void {
    if (!VITAL.has(seat.path)) return;
    if (this.#broken.size === 0) this.#brokenSince = Date.now();
    this.#pending.delete(seat);
    this.#broken.add(seat);
    this.#judge();
    if (this.#rung !== 'socket') void this.#lookWhy(0);
  }

  /** Ends with the sign-in, and begins with the next one. */
  end(): void {
    this.#isOver = true;
    this.#stop();
  }

  beginAgain(): void {
    this.#isOver = false;
    if (this.#seats.size > 0) this.#start();
  }

  /** Any sign of life, on whichever way. */
  readonly heard = (): void => {
    this.#heardAt = Date.now();
    this.#judge();
  };

  /** An event stream has brought its first word. */
  readonly streamBegan = (): void => {
    this.#right.began();
    if (this.#isTrial) this.#toRung('sse');
  };

  /** Tries now what it would try later. `device`: somebody came back to the tab, or the device to its network. */
  nudge(by: 'hand' | 'device'): void {
    if (!this.#isOn) return;
    this.#dialler.nudge(by);
    for (const seat of this.#broken) seat.carry(this.#carrierOf(seat));
  }

  visibilityChanged(): void {
    this.#choose();
    if (this.#deps.isVisible()) this.nudge('device');
  }

  /** What still comes over a connection that outlives its network makes it live again. */
  deviceOffline(): void {
    if (this.#isOn) this.#deps.tell({ type: 'outOfReach', since: Date.now() });
  }

  #start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#failedDials = 0;
    this.#deps.tell({ type: 'began' });
    this.#tick = setInterval(() => this.#look(), TICK_MS);
    this.#dialler.start();
  }

  #stop(): void {
    this.#isOn = false;
    clearInterval(this.#tick);
    clearTimeout(this.#idle);
    this.#dialler.stop();
    this.#socket = null;
    this.#toRung('socket');
    this.#pending.clear();
    this.#broken.clear();
  }

  #end(type: 'signedOut' | 'revoked'): void {
    this.#deps.tell({ type });
    this.end();
  }

  #opened(socket: Socket): void {
    this.#socket = { via: 'socket', link: socket.link };
    this.#failedDials = 0;
    this.#isSilent = false;
    this.#toRung('socket');
    this.#judge();
  }

  #toRung(rung: Via): void {
    this.#rung = rung;
    this.#isTrial = false;
    this.#dialler.isSeldom = rung !== 'socket';
    this.#choose();
  }

  #choose(): void {
    const wouldStream = this.#rung === 'sse' || this.#isTrial;
    this.#right.want(this.#isOn && wouldStream && this.#deps.isVisible());
    this.#carryAll();
  }

  #carrierOf({ path }: Seat): Carrier | null {
    if (!this.#isOn) return null;
    if (this.#rung === 'socket') return this.#socket;
    const isStreamed = this.#isTrial ? path === TRIAL : VITAL.has(path);
    return this.#right.isHeld && isStreamed ? this.#sse : this.#polling;
  }

  #carryAll(): void {
    for (const [seat, held] of this.#seats) if (this.#carrierOf(seat) !== held) this.#carry(seat);
  }

  #carry(seat: Seat): void {
    const carrier = this.#carrierOf(seat);
    this.#seats.set(seat, carrier);
    this.#broken.delete(seat);
    if (carrier && VITAL.has(seat.path)) this.#pending.add(seat);
    else this.#pending.delete(seat);
    seat.carry(carrier);
  }

  /** A socket that is blocked, or refused for a sign-in that has ended, fails like any other: only a call can tell. */
  async #lookWhy(weight: number): Promise<void> {
    const answer = await this.#deps.probe();
    if (!this.#isOn) return;
    if (answer === 'signedOut') return this.#end('signedOut');
    if (answer === 'unreachable' || this.#rung !== 'socket' || this.#socket) return;
    this.#failedDials += weight;
    if (this.#failedDials >= BLOCKED_AFTER) this.#toRung(this.#sse ? 'sse' : 'polling');
  }

  async #doubtStreams(): Promise<void> {
    const answer = await this.#deps.probe();
    if (!this.#right.isHeld) return;
    if (answer === 'works') this.#toRung('polling');
    else this.#right.awaitWord();
  }

  /** What held event streams back may be gone. The screen goes on with polls until one has brought a word. */
  #tryStreams(): void {
    if (!this.#sse) return;
    this.#isTrial = true;
    this.#choose();
  }

  /** Says what the line is worth, while there is one. Streams that are still to begin leave it as it was. */
  #judge(): void {
    if (!this.#isOn || (this.#rung === 'socket' && !this.#socket)) return;
    const via = this.#rung === 'sse' && !this.#right.isHeld ? 'polling' : this.#rung;
    const isSilent = via === 'socket' ? this.#isSilent : this.#isOverdue(via);
    if (isSilent) this.#deps.tell({ type: 'doubted', via, since: this.#heardAt });
    else if (this.#broken.size > 0) this.#deps.tell({ type: 'doubted', via, since: this.#brokenSince });
    else if (this.#pending.size === 0) this.#deps.tell({ type: 'opened', via });
  }

  /** Streams that are still to begin, and timers that a browser slows down in the back, prove nothing. */
  #isOverdue(via: 'sse' | 'polling'): boolean {
    if (this.#pending.size > 0 || !this.#deps.isVisible()) return false;
    return Date.now() - this.#heardAt >= SILENT_AFTER_MS[via];
  }

  #look(): void {
    this.#deps.tell({ type: 'ticked' });
    if (this.#rung !== 'socket') this.#judge();
    if (this.#broken.size === 0 || Date.now() - this.#heardAt < OFFLINE_AFTER_MS) return;
    this.#deps.tell({ type: 'outOfReach', since: this.#heardAt });
  }
}
