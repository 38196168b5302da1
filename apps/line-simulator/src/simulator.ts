import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { connectSimulator, type SimulatorClient } from './client.ts';
import { controlApi } from './control/routes.ts';
import { createPlatform } from './platform.ts';
import { pageFiles } from './page-files.ts';
import { lineApi } from './line-api/routes.ts';
import { WebhookSender } from './webhooks/sender.ts';
import { ChannelSettings } from './world/channels.ts';
import { NewPerson } from './world/people.ts';

export type SimulatorOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. The control API has no lock: anyone who reaches the port can use it. */
  host?: string;
  channels?: ChannelSettings[];
  people?: NewPerson[];
  /** Milliseconds since 1970, for timestamps and for every life that ends: tokens, retry keys, acquaintance. */
  clock?: () => number;
  /** The origin others reach it by, when that is not where it listens. Portraits have their address under it. */
  publicUrl?: string;
  /** Where the page's files are. */
  pageDir?: URL;
};

export type Simulator = {
  /** The origin for both of LINE's hosts, without a slash at the end. */
  url: string;
  port: number;
  /** The people, the faults and the logs, as `connectSimulator(url)` has them. */
  line: SimulatorClient;
  /** Ends every connection and everything that waits. */
  close: () => Promise<void>;
};

/** Starts a pretend LINE. Rejects if the port is taken or the options are not as they should be. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', clock = Date.now, pageDir = new URL('./page/', import.meta.url) } = options;
  const ending = new AbortController();
  const platform = createPlatform(clock, ending.signal);
  for (const channel of options.channels ?? []) platform.channels.put(ChannelSettings.parse(channel));
  for (const person of options.people ?? []) platform.people.put(NewPerson.parse(person));

  const app = fastify({
    forceCloseConnections: true,
    genReqId: () => platform.ids.request(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
  });
  const sender = new WebhookSender(platform);
  let publicUrl = options.publicUrl?.replace(/\/+$/, '');
  await app.register(pageFiles(pageDir));
  await app.register(controlApi({ platform, sender }));
  await app.register(lineApi({ platform, sender, portraitsUrl: () => `${publicUrl}/_sim/portraits` }));

  const url = await app.listen({ port, host, listenTextResolver: (address) => address });
  publicUrl ??= url;
  return {
    url,
    port: (app.server.address() as AddressInfo).port,
    line: connectSimulator(url),
    async close() {
      ending.abort();
      await app.close();
    },
  };
}
