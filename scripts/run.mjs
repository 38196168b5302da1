import { spawn } from 'node:child_process';

/** Runs a command with what it prints shown; rejects when it does not end well. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

/** Runs steps one after another, each a name and a function, and says how long each took. The first that fails ends it all. */
export async function steps(list) {
  for (const [name, step] of list) {
    const begin = performance.now();
    console.log(`\n── ${name}`);
    try {
      await step();
    } catch (error) {
      console.error(`\n✗ ${name}: ${error.message}`);
      process.exit(1);
    }
    console.log(`── ${name}: ${((performance.now() - begin) / 1_000).toFixed(1)} s`);
  }
}

export const bin = (name) => `node_modules/.bin/${name}`;
