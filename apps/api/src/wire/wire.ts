import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CloseCode } from '@sala/contracts';
import { type Encoder, jsonEncoder } from '@trpc/server/adapters/ws';
import type { WebSocket } from 'ws';
import { assertShallow } from './depth.ts';
import { hangUp } from './hangUp.ts';
import type { SocketBounds } from './socketBounds.ts';

/** Past this many unsent bytes a reader is too slow: it is cut off and resumes by its cursor. tRPC itself never looks. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** How long a reader that does not keep up has to read what is on its way, the close code last. */
const GONE_WITHIN_MS = 5_000;

/** Whether the socket may be written to. One whose unsent bytes have piled up is cut off: nothing more is added to them. */
export function keepsUp(socket: WebSocket): boolean {
  if (socket.readyState !== socket.OPEN) return false;
  if (socket.bufferedAmount <= MAX_UNSENT_BYTES) return true;
  hangUp(socket, CloseCode.tooSlow, 'too slow', GONE_WITHIN_MS);
  return false;
}

/** One subscription on one socket, written to directly. */
export type Tap = { socket: WebSocket; head: string };

/**
 * Yielded by a stream in place of what it says, which then waits for its `ended`: from here on a feed writes to the tap
 * itself, until `attach`'s answer detaches it. The encoder sends nothing for it: clients see only what is said.
 */
export class HandOver {
  readonly #signal: AbortSignal;
  readonly #attach: (tap: Tap) => () => void;

  constructor(signal: AbortSignal, attach: (tap: Tap) => () => void) {
    this.#signal = signal;
    this.#attach = attach;
  }

  take(tap: Tap): void {
    if (this.#signal.aborted) return; // stopped between the yield and here: there is no abort to come that would detach it
    this.#signal.addEventListener('abort', this.#attach(tap), { once: true });
  }

  /** Resolves when the stream has ended. */
  ended(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#signal.aborted) resolve();
      else this.#signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** What a stream may ask of the connection it goes over. That there is one means that it can hand over. */
export type Wire = {
  /** Resolves when most of what was sent has been read, so that a long replay is as fast as its reader, or on abort. */
  drained: (signal: AbortSignal) => Promise<void>;
  bounds: SocketBounds;
  /** Ends the connection of somebody who goes on calling however often they are refused. */
  endFlood: () => void;
};

/** A replay goes on when no more than this is unsent, and looks this often. */
const MAX_UNSENT_IN_REPLAY_BYTES = MAX_UNSENT_BYTES / 4;
const LOOK_EVERY_MS = 20;

export const wireOf = (socket: WebSocket, bounds: SocketBounds): Wire => ({
  bounds,
  endFlood: () => hangUp(socket, CloseCode.flood, 'too many calls'),
  drained: async (signal) => {
    while (socket.readyState === socket.OPEN && !signal.aborted) {
      if (socket.bufferedAmount <= MAX_UNSENT_IN_REPLAY_BYTES) return;
      await pause(LOOK_EVERY_MS);
    }
  },
});

/** What the encoder answers for a hand-over: nothing is sent for it (see DeskSocket). */
export const NOTHING = '';

type Message = { id: number | string; jsonrpc?: string; result?: { data?: { data?: unknown } | HandOver } };

/**
 * The encoder of one connection. It is tRPC's own, but it sees every message with its subscription's id, and so can
 * give a stream that hands over the place to write to. (`experimental_encoder`: the pinned version and
 * the contract test in test/wire/frames.test.ts keep this honest.)
 */
export function encoderFor(socket: WebSocket): Encoder {
  return {
    encode(message) {
      const { id, jsonrpc, result } = message as Message;
      const said = result?.data;
      // What is tracked has its event id around it.
      const yielded = said instanceof HandOver ? said : said?.data;
      if (!(yielded instanceof HandOver)) return JSON.stringify(message);
      yielded.take({ socket, head: JSON.stringify({ id, jsonrpc }).slice(0, -1) });
      return NOTHING;
    },
    decode: (frame) => {
      assertShallow(frame);
      return jsonEncoder.decode(frame);
    },
  };
}

/**
 * What a stream says, as tRPC would send it to a subscriber, but for the part that differs between them, which it is
 * given. With an `eventId` it is tracked.
 */
export class Frame {
  readonly #body: string;
  readonly #buffers = new Map<string, Buffer>();

  constructor(data: unknown, eventId?: string) {
    const json = JSON.stringify(data);
    const id = JSON.stringify(eventId);
    const result = eventId === undefined ? json : `{"id":${id},"data":${json}},"id":${id}`;
    this.#body = `,"result":{"type":"data","data":${result}}}`;
  }

  /** Sends it, or cuts off a socket whose unsent bytes have piled up. Answers whether the socket still reads. */
  sendTo({ socket, head }: Tap): boolean {
    if (!keepsUp(socket)) return false;
    let buffer = this.#buffers.get(head);
    if (!buffer) {
      buffer = Buffer.from(head + this.#body);
      // A client chooses its ids: one that chooses long ones pays for them itself.
      if (head.length <= MAX_SHARED_HEAD) this.#buffers.set(head, buffer);
    }
    socket.send(buffer, AS_TEXT);
    return true;
  }
}

/** What waits to be written together is not read meanwhile, and must not make a reader seem slow. */
const MAX_TOGETHER_BYTES = 64 * 1024;

/** Sends frames in few writes to the line: each alone is a call of the system, which is most of what a frame costs. */
export function sendTogether(frames: readonly Frame[], tap: Tap): boolean {
  if (frames.length === 1) return frames[0]!.sendTo(tap);
  const { _socket: line } = tap.socket as unknown as { _socket?: Socket };
  line?.cork();
  const reads = frames.every((frame) => {
    if (line && line.writableLength > MAX_TOGETHER_BYTES) {
      line.uncork();
      line.cork();
    }
    return frame.sendTo(tap);
  });
  line?.uncork();
  return reads;
}

/** Longer beginnings of a frame, which hold a subscription's id, are not kept for others. */
const MAX_SHARED_HEAD = 64;

/** A Buffer would go out as a binary frame, which the client cannot read. */
const AS_TEXT = { binary: false };
