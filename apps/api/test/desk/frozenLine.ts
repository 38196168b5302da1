import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a service. Once it is frozen nothing more comes through what is open, and nobody notices; new lines work. */
export async function freezableLine(service: URL) {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(Number(service.port || 6379), service.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.push(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(service), { host: `127.0.0.1:${port}` }).href,
    freeze: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
