import { StartError } from '@sala/db';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const SECRET_KEY = 'k7Qp0vXw3mZr9sYt2uBe5cDf8gHj1aLn';

function complaintOf(source: NodeJS.ProcessEnv): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
}

describe('Starting (ST)', () => {
  it.each<[string, NodeJS.ProcessEnv]>([
    ['SECRET_KEY', {}],
    ['SECRET_KEY', { SECRET_KEY: 'too short' }],
    ['SECRET_KEY', { SECRET_KEY: 'change-me-change-me-change-me-change-me' }],
    ['PORT', { SECRET_KEY, PORT: '70000' }],
    ['PORT', { SECRET_KEY, PORT: 'http' }],
    ['PUBLIC_URL', { SECRET_KEY, PUBLIC_URL: 'desk.example' }],
    ['DATABASE_URL', { SECRET_KEY, DATABASE_URL: 'mysql://localhost/x' }],
    ['REDIS_URL', { SECRET_KEY, REDIS_URL: 'http://localhost' }],
    ['ADMIN_PASSWORD', { SECRET_KEY, ADMIN_EMAIL: 'a@desk.test' }],
    ['ADMIN_PASSWORD', { SECRET_KEY, ADMIN_EMAIL: 'a@desk.test', ADMIN_PASSWORD: 'short' }],
    ['ADMIN_EMAIL', { SECRET_KEY, ADMIN_EMAIL: 'nobody', ADMIN_PASSWORD: 'correct horse battery' }],
    ['LINE_CHANNEL_SECRET', { SECRET_KEY, LINE_CHANNEL_ID: '1', LINE_CHANNEL_ACCESS_TOKEN: 't' }],
    [
      'LINE_CHANNEL_ID',
      { SECRET_KEY, LINE_CHANNEL_ID: '../1', LINE_CHANNEL_SECRET: 's', LINE_CHANNEL_ACCESS_TOKEN: 't' },
    ],
    ['LINE_API_BASE', { SECRET_KEY, LINE_API_BASE: 'line' }],
    ['LOG_LEVEL', { SECRET_KEY, LOG_LEVEL: 'loud' }],
    ['NODE_ENV', { SECRET_KEY, NODE_ENV: 'prod' }],
    ['ALLOWED_ORIGINS', { SECRET_KEY, ALLOWED_ORIGINS: 'localhost' }],
  ])('[ST1] names %s in %j', (name, source) => {
    expect(complaintOf(source)).toMatch(new RegExp(`^  ${name}`, 'm'));
  });

  it('[ST1] names all mistakes at once, one line each', () => {
    const complaint = complaintOf({ SECRET_KEY: 'x', PORT: '-1', LOG_LEVEL: 'loud', PUBLIC_URL: 'x' });

    expect(
      complaint
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(':')[0]),
    ).toEqual(['PORT', 'PUBLIC_URL', 'SECRET_KEY', 'LOG_LEVEL']);
  });

  it('[ST1] does not repeat a secret that is wrong', () => {
    expect(complaintOf({ SECRET_KEY: 'hunter2' })).not.toContain('hunter2');
  });

  it('[ST1] takes an empty variable for one that is not set', () => {
    const env = readEnv({ SECRET_KEY, PORT: '', DATABASE_URL: '', ADMIN_EMAIL: '', LINE_CHANNEL_ID: '' });

    expect(env).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      LINE_API_BASE: 'https://api.line.me',
    });
    expect(env.DATABASE_URL).toBeUndefined();
  });

  it('[ST1] keeps only the origin of an address', () => {
    expect(readEnv({ SECRET_KEY, PUBLIC_URL: 'https://desk.example/inbox?x=1' }).PUBLIC_URL).toBe(
      'https://desk.example',
    );
  });
});
