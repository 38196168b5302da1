/** When the server was last heard on the socket, be it an event or the answer to a check. */
let heardAt = Date.now();

export const lastHeardAt = (): number => heardAt;

/** A WebSocket that notes every sign of life. */
export class HearingWebSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    const hear = () => {
      heardAt = Date.now();
    };
    this.addEventListener('open', hear);
    this.addEventListener('message', hear);
  }
}
