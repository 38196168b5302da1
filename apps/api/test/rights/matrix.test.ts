import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from '../../src/trpc/appRouter.ts';
import { openDesk, type TestDesk } from '../desk/desk.ts';
import { type Asked, openSocket, overHttp } from './asking.ts';
import { type Callers, callersOf, type Who, WHO } from './callers.ts';
import { type Outcome, type Row, TABLE } from './table.ts';

type Procedure = { _def: { type: Asked['type']; meta?: { scope?: string } } };
const PROCEDURES = appRouter._def.procedures as unknown as Record<string, Procedure>;

let desk: TestDesk;
let callers: Callers;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  callers = await callersOf(desk);
}, 60_000);
afterAll(() => desk.close());

/** What the table says of a caller, over HTTP and over a socket. */
function expected(who: Who, { scope, outcomes }: Row): [Outcome, Outcome] {
  const stated = outcomes[who];
  // A socket is for who is known: nobody else opens one, whatever they would call.
  if (who === 'nobody' || who === 'banned') return [stated!, 'NOT_SIGNED_IN'];
  if (stated) return [stated, stated];
  const outcome = who === 'keyWith' && scope !== null ? outcomes.admin : 'NOT_ALLOWED';
  return [outcome, outcome];
}

async function outcomes(path: string, row: Row): Promise<Record<string, [string, string]>> {
  const { type } = PROCEDURES[path]!._def;
  const answers: Record<string, [string, string]> = {};
  for (const who of row.asking ?? WHO) {
    const headers = callers.headersOf(who, row.scope);
    const asked = async (): Promise<Asked> => ({ path, type, input: await row.input?.({ desk, callers }) });
    const http = await overHttp(desk, headers, await asked());
    const socket = await openSocket(desk, headers);
    answers[who] = [http, await socket.ask(await asked())];
    socket.close();
  }
  return answers;
}

describe('Rights (RT)', () => {
  it('[RT7] every procedure has its row in the matrix, and the scope that the row says', () => {
    const scopes = Object.entries(PROCEDURES).map(([path, { _def }]) => [path, _def.meta?.scope ?? null]);
    const rows = Object.entries(TABLE).map(([path, { scope }]) => [path, scope]);

    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(scopes));
  });

  it.each(Object.keys(PROCEDURES))(
    '[RT7] %s answers every kind of caller as the matrix says, over HTTP and over a socket',
    async (path) => {
      const row = TABLE[path];
      if (!row) throw new Error(`${path} has no row in test/rights/table.ts`);

      const wanted = Object.fromEntries((row.asking ?? WHO).map((who) => [who, expected(who, row)]));

      expect(await outcomes(path, row)).toEqual(wanted);
    },
    60_000,
  );
});
