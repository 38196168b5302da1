import { describe, expect, it } from 'vitest';
import { isUnavailable } from './unavailable.ts';

const withCode = (code: string) => Object.assign(new Error('an error'), { code });
/** As Prisma wraps what the driver says. */
const wrapped = (cause: object) =>
  Object.assign(new Error('Invalid invocation'), { code: 'P2010', meta: { driverAdapterError: { cause } } });

describe('Database away (DB)', () => {
  it.each([
    ['nobody listens', withCode('ECONNREFUSED')],
    ['the connection was reset', withCode('ECONNRESET')],
    ['the embedded database’s socket is gone', new Error('connect ENOENT /tmp/sala/.s.PGSQL.5432')],
    ['the server is stopped', withCode('57P01')],
    ['the server is starting', withCode('57P03')],
    ['no connection is left', withCode('53300')],
    ['the disk is full', withCode('53100')],
    ['a statement took too long', withCode('57014')],
    ['a connection failure', withCode('08006')],
    ['the server is a standby', withCode('25006')],
    ['the driver lost its connection', new Error('Connection terminated unexpectedly')],
    ['the pool is exhausted', new Error('timeout exceeded when trying to connect')],
    ['an answer does not come', new Error('Query read timeout')],
    ['Prisma cannot reach it', withCode('P1001')],
    ['Prisma in a transaction that broke', new Error('Client has encountered a connection error and is not queryable')],
    ['Prisma, with the code inside', wrapped({ originalCode: '57P01' })],
    ['Prisma, with a kind instead', wrapped({ kind: 'DatabaseNotReachable' })],
    ['as the cause of another error', new Error('a call failed', { cause: withCode('57P02') })],
  ])('[DB1] away: %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['a broken unique index', withCode('23505')],
    ['a column that does not exist', wrapped({ originalCode: '42703' })],
    ['a file that is not there', withCode('ENOENT')],
    ['an error of the program', new TypeError('x is not a function')],
    ['nothing', null],
    ['text', 'ECONNREFUSED'],
  ])('[DB1] not away: %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
  });

  it('[DB1] an error that is its own cause is looked at for a while only', () => {
    const error = new Error('round and round');
    error.cause = error;

    expect(isUnavailable(error)).toBe(false);
  });
});
