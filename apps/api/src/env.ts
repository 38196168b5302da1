import { StartError } from '@sala/db';
import { z } from 'zod';

/** An empty variable, as compose files and .env templates leave them, is one that is not set. */
const unsetWhenEmpty = (source: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));

const Origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

/** The same key in every copy of the documentation would be no secret. */
const SAMPLE = /change.?me|your.?secret|example|0123456789abcdef0123456789abcdef/i;

const SecretKey = z
  .string('is needed: at least 32 bytes that nobody can guess (try: openssl rand -base64 32)')
  .refine((key) => Buffer.byteLength(key) >= 32, 'must be at least 32 bytes (try: openssl rand -base64 32)')
  .refine((key) => !SAMPLE.test(key), 'must not be a sample from the documentation');

const Env = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: Origin.optional(),
    DATA_DIR: z.string().default('./data'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    SECRET_KEY: SecretKey,
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').max(256).optional(),
    /** Where mail is handed in, and from whom it is: for invitations and new passwords. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).max(254).optional(),
    /** How many proxies stand before the server, each of which adds to X-Forwarded-For; 0: nobody's word is taken. */
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    LINE_CHANNEL_ID: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the channel id from the LINE console')
      .optional(),
    LINE_CHANNEL_SECRET: z.string().min(1).max(200).optional(),
    LINE_CHANNEL_ACCESS_TOKEN: z.string().min(1).max(2_000).optional(),
    LINE_API_BASE: Origin.default('https://api.line.me'),
    LINE_DATA_API_BASE: Origin.default('https://api-data.line.me'),
    /** How long a socket may be silent before it is asked whether it is there. */
    HEARTBEAT_SECONDS: z.coerce.number().int().min(1).max(300).default(25),
    /** How long a server that ends is not ready, and still serves everybody: until its load balancer has noticed. */
    DRAIN_SECONDS: z.coerce.number().int().min(0).max(10).default(0),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Further origins whose pages may use the desk, comma-separated: the dev server's. */
    ALLOWED_ORIGINS: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      )
      .pipe(z.array(Origin)),
  })
  .superRefine((env, issues) => {
    together(issues, env, ['ADMIN_EMAIL', 'ADMIN_PASSWORD']);
    together(issues, env, ['SMTP_URL', 'MAIL_FROM']);
    together(issues, env, ['LINE_CHANNEL_ID', 'LINE_CHANNEL_SECRET', 'LINE_CHANNEL_ACCESS_TOKEN']);
  });
export type Env = z.infer<typeof Env>;

/** Variables that mean nothing without each other. */
function together<T extends object>(issues: z.RefinementCtx, env: T, names: (keyof T & string)[]): void {
  const missing = names.filter((name) => env[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return;
  for (const name of missing) {
    issues.addIssue({
      code: 'custom',
      path: [name],
      message: `is needed, because ${names.filter((one) => one !== name).join(' and ')} is set`,
    });
  }
}

/** What the demo asks of the environment besides the desk's own. */
const DemoEnv = z.object({
  DATA_DIR: z.string().default('./data'),
  SIMULATOR_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
  DEMO_PASSWORD: z.string().min(12, 'must have at least 12 characters').max(256).default('sit-in-the-shade'),
});
export type DemoEnv = z.infer<typeof DemoEnv>;

/**
 * The configuration, out of the environment: read once, every mistake named. `defaults` count where the environment
 * says nothing, `fixed` whatever it says.
 * @throws StartError listing all of them.
 */
export function readEnv(
  source: NodeJS.ProcessEnv = process.env,
  { defaults = {}, fixed = {} }: { defaults?: NodeJS.ProcessEnv; fixed?: NodeJS.ProcessEnv } = {},
): Env {
  return parsed(Env, { ...defaults, ...unsetWhenEmpty(source), ...fixed });
}

/** @throws StartError */
export const readDemoEnv = (source: NodeJS.ProcessEnv = process.env): DemoEnv => parsed(DemoEnv, source);

function parsed<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  const env = schema.safeParse(unsetWhenEmpty(source));
  if (env.success) return env.data;
  const mistakes = env.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new StartError(`The environment is not right:\n${mistakes.join('\n')}`);
}
