import { describe, expect, it } from 'vitest';
import { openDatabase, UNHURRIED } from './database.ts';

const ASKED = { max: 1, namesStatements: true, onError: () => undefined };

describe('Database away (DB)', () => {
  it('[DB3] five seconds for a connection, fifteen for a statement and for an idle transaction, twenty for an answer (B9)', async () => {
    const { pool, close } = openDatabase({}, ASKED);

    expect(pool.options).toMatchObject({
      connectionTimeoutMillis: 5_000,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 15_000,
      query_timeout: 20_000,
    });
    await close();
  });

  it('[DB3] work on everything at once may take an hour', async () => {
    const { pool, close } = openDatabase({}, { ...ASKED, within: UNHURRIED });

    expect(pool.options).toMatchObject({ statement_timeout: 3_600_000, query_timeout: 3_660_000 });
    await close();
  });
});
