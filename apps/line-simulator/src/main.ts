import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createSimulator, type SimulatorOptions } from './simulator.ts';
import { ChannelSettings } from './world/channels.ts';
import { NewPerson } from './world/people.ts';

const USAGE =
  'line-simulator [--port 4600] [--host 127.0.0.1] [--public-url http://…] [--config channels-and-people.json]';

const Config = z.object({ channels: z.array(ChannelSettings).default([]), people: z.array(NewPerson).default([]) });

/** Words for the person who started it; anything else that goes wrong is a bug and shows its stack. */
class StartRefused extends Error {}

try {
  const simulator = await createSimulator(await readOptions());
  console.log(`The LINE simulator listens on ${simulator.url}`);
  endWithTheProcess(() => simulator.close());
} catch (error) {
  const { address, code, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') console.error(`Port ${port} on ${address} is taken; choose another with --port`);
  else if (error instanceof StartRefused) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}

async function readOptions(): Promise<SimulatorOptions> {
  const { config, host, port, 'public-url': publicUrl } = readArguments();
  const portNumber = Number(port);
  if (!Number.isInteger(portNumber) || portNumber < 0 || portNumber > 65_535) {
    throw new StartRefused(`${port} is not a port\n${USAGE}`);
  }
  return { port: portNumber, host, ...(publicUrl && { publicUrl }), ...(config && (await readConfig(config))) };
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '4600' },
        host: { type: 'string', default: '127.0.0.1' },
        config: { type: 'string' },
        'public-url': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new StartRefused(`${(error as Error).message}\n${USAGE}`);
  }
}

async function readConfig(path: string): Promise<z.output<typeof Config>> {
  try {
    return Config.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new StartRefused(`${path} cannot be used: ${why}`);
  }
}

function endWithTheProcess(close: () => Promise<void>): void {
  const end = () => void close().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  // Started by another program over IPC: no orphan stays behind when that one goes, or has gone meanwhile.
  process.once('disconnect', end);
  if (process.send && !process.connected) end();
}
