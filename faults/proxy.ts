import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Which way the bytes go: to whom the proxy stands in front of, or back from them. */
export type Direction = 'there' | 'back';

/** A TCP proxy on a free port of this machine, through which connections can be harmed. */
export type FaultProxy = {
  port: number;
  /** Breaks every connection, with a reset to both sides. */
  cut: () => void;
  /** Nothing goes through any more, and nobody is told: no FIN, no reset, and new connections lead nowhere. */
  freeze: (...directions: Direction[]) => void;
  /** What was held back goes on, goodbyes included. */
  thaw: () => void;
  /** For so long, in milliseconds, what is asked is done, and the answers are lost with their connections. */
  loseAnswers: (ms: number) => Promise<void>;
  /** Every piece of data takes this much longer, in milliseconds. */
  delay: (ms: number) => void;
  close: () => Promise<void>;
};

/** Several places in front of which a proxy can stand: it dials the next that answers, as a load balancer does. */
export async function createProxy(targets: () => readonly number[]): Promise<FaultProxy> {
  const frozen = new Set<Direction>();
  const links = new Set<Link>();
  let delayMs = 0;
  let turn = 0;
  let thawed = Promise.resolve();
  let release = () => {};

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    near.on('error', () => near.destroy());
    void thawed
      .then(() => dial(targets(), turn++))
      .then((far) => {
        if (!far || near.destroyed) {
          far?.destroy();
          near.destroy();
          return;
        }
        const link = new Link(near, far, { isFrozen: (direction) => frozen.has(direction), delayMs: () => delayMs });
        links.add(link);
        void link.ended.then(() => links.delete(link));
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cut = () => {
    for (const link of links) link.cut();
  };
  const freeze = (...directions: Direction[]) => {
    for (const direction of directions.length > 0 ? directions : BOTH) frozen.add(direction);
    thawed = new Promise((resolve) => (release = resolve));
    for (const link of links) link.look();
  };
  const thaw = () => {
    frozen.clear();
    release();
    for (const link of links) link.look();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    freeze,
    thaw,
    loseAnswers: async (ms) => {
      freeze('back');
      await pause(ms);
      cut();
      thaw();
    },
    delay: (ms) => void (delayMs = ms),
    close: async () => {
      thaw();
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

const BOTH: Direction[] = ['there', 'back'];

/** The first of the ports that takes a connection, beginning with the `turn`th. */
async function dial(ports: readonly number[], turn: number): Promise<Socket | null> {
  for (let tried = 0; tried < ports.length; tried += 1) {
    const socket = connect({ port: ports[(turn + tried) % ports.length]!, host: '127.0.0.1', allowHalfOpen: true });
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    if (isOpen) return socket;
    socket.destroy();
  }
  return null;
}

type Weather = { isFrozen: (direction: Direction) => boolean; delayMs: () => number };

/** One connection: two sockets, and what goes from each to the other. */
class Link {
  readonly ended: Promise<void>;
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #weather: Weather;

  constructor(near: Socket, far: Socket, weather: Weather) {
    this.#near = near;
    this.#far = far;
    this.#weather = weather;
    this.#pump(near, far);
    this.#pump(far, near);
    this.ended = new Promise((resolve) => {
      const end = () => {
        near.destroy();
        far.destroy();
        resolve();
      };
      for (const socket of [near, far]) socket.on('error', end);
      near.on('close', () => far.destroyed && end());
      far.on('close', () => near.destroyed && end());
    });
    this.look();
  }

  cut(): void {
    for (const socket of [this.#near, this.#far]) socket.resetAndDestroy();
  }

  /** Reads from the sides from which data may come: what is not read waits in the system's buffers. */
  look(): void {
    const flows = (socket: Socket, direction: Direction) =>
      this.#weather.isFrozen(direction) ? socket.pause() : socket.resume();
    flows(this.#near, 'there');
    flows(this.#far, 'back');
  }

  #pump(from: Socket, to: Socket): void {
    let turn: Promise<unknown> = Promise.resolve();
    const next = (deed: () => void) => {
      const delayMs = this.#weather.delayMs();
      turn = turn.then(() => (delayMs > 0 ? pause(delayMs) : undefined)).then(deed);
    };
    from.on('data', (data) =>
      next(() => {
        if (to.destroyed || to.write(data)) return;
        from.pause();
        to.once('drain', () => this.look());
      }),
    );
    from.on('end', () => next(() => to.end()));
    from.on('close', (hadError) => hadError && next(() => to.resetAndDestroy()));
  }
}
