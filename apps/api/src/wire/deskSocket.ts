import { WebSocket } from 'ws';
import { SocketBounds } from './socketBounds.ts';
import { keepsUp, NOTHING } from './wire.ts';

/** A socket that sends nothing when there is nothing to send, and that does not pile up what is not read. */
export class DeskSocket extends WebSocket {
  readonly bounds = new SocketBounds();

  override send(data: string | Buffer, ...rest: unknown[]): void {
    if (data === NOTHING || !keepsUp(this)) return;
    // The overloads of `send` cannot be named one by one here.
    (super.send as (...all: unknown[]) => void).call(this, data, ...rest);
  }
}
