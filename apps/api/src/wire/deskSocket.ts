import { WebSocket } from 'ws';
import { MAX_UNSENT_BYTES, NOTHING, TOO_SLOW } from './wire.ts';

/** A socket that sends nothing when there is nothing to send, and that does not pile up what is not read. */
export class DeskSocket extends WebSocket {
  override send(data: string | Buffer, ...rest: unknown[]): void {
    if (data === NOTHING) return;
    if (this.bufferedAmount > MAX_UNSENT_BYTES) {
      this.close(TOO_SLOW, 'too slow');
      this.terminate();
      return;
    }
    // The overloads of `send` cannot be named one by one here.
    (super.send as (...all: unknown[]) => void).call(this, data, ...rest);
  }
}
