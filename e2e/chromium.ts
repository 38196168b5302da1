import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** How to launch a browser. */
export type Browser = { executablePath: string; args: string[]; env?: Record<string, string> };

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell', '/usr/bin/google-chrome'];
const CACHE = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));

/** Nothing is fetched, and nobody is called, from a test. */
const QUIET = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chromium for the tests, without a download: CHROMIUM_PATH; the system's; or the one inside the npm package
 * @sparticuz/chromium (Linux x64), which runs on a bare Debian. CHROMIUM_FROM_NPM=1 asks for that one.
 * @throws with the one line to read when there is none.
 */
export async function findChromium(): Promise<Browser> {
  const asked = process.env.CHROMIUM_PATH;
  const system = asked ?? (process.env.CHROMIUM_FROM_NPM ? undefined : SYSTEM.find((file) => existsSync(file)));
  if (system) return { executablePath: system, args: QUIET };
  if (process.platform === 'linux' && process.arch === 'x64') return fromNpm();
  throw new Error('The browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to it.');
}

async function fromNpm(): Promise<Browser> {
  if (!existsSync(path.join(CACHE, 'chromium'))) await unpack();
  const env = stringsOf({ ...process.env, LD_LIBRARY_PATH: path.join(CACHE, 'al2023/lib') });
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_FILE = fontsConf();
  return {
    executablePath: path.join(CACHE, 'chromium'),
    args: [...QUIET, '--no-zygote', '--use-angle=swiftshader'],
    env,
  };
}

/**
 * The package unpacks into the temporary folder, and its own NSS only when it believes to be in a certain cloud. It is
 * unpacked beside its place and then moved there, because one that was interrupted would be used as it is.
 */
async function unpack(): Promise<void> {
  mkdirSync(path.dirname(CACHE), { recursive: true });
  const fresh = mkdtempSync(`${CACHE}-`);
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  const changed = ['LD_LIBRARY_PATH', 'FONTCONFIG_PATH'].map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, { TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  for (const [name, value] of [...Object.entries(before), ...changed]) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(CACHE, { recursive: true, force: true });
  renameSync(fresh, CACHE);
}

/** Without any fontconfig Chromium aborts; the one in the package names a folder that does not exist. */
function fontsConf(): string {
  const file = path.join(CACHE, 'fonts.conf');
  const [fonts, cache] = [path.join(CACHE, 'fonts'), path.join(tmpdir(), 'sala-fonts-cache')];
  writeFileSync(file, `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>`);
  return file;
}

const stringsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
