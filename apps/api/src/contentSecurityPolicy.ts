import type { FastifyHelmetOptions } from '@fastify/helmet';

/** LINE's hosts for profile pictures (Messaging API, "Get profile"). */
const PROFILE_PICTURES = [
  'https://profile.line-scdn.net',
  'https://obs.line-scdn.net',
  'https://sprofile.line-scdn.net',
];

/** Everything from ourselves, pictures also from LINE; no inline script, no plug-ins, no frames. */
export const contentSecurityPolicy = (imageOrigins: string[]): FastifyHelmetOptions['contentSecurityPolicy'] => ({
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'style-src-attr': ["'unsafe-inline'"], // positions of virtual rows and popovers are style attributes
    'img-src': ["'self'", 'data:', 'blob:', ...PROFILE_PICTURES, ...imageOrigins],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  },
});
