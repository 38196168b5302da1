import { belongs, compareRows, emptyHead, type InboxRow, type InboxView, type Session } from '@sala/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldPage, type InboxPages, patchInbox, type RowChange } from './patchInbox.ts';
import { RecentChanges } from './recentChanges.ts';

const ME = 'me';
const PAGE = 3;
const CONVERSATIONS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute)).toISOString();

/** What happens to a conversation: it moves, in time and from shelf to shelf. */
const deed = fc.record({
  conversationId: fc.constantFrom(...CONVERSATIONS),
  minute: fc.nat(30),
  shelf: fc.constantFrom('bot', 'waiting', 'mine', 'theirs', 'closed'),
});
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

/** One thing after another, as the page meets it. */
const step = fc.oneof(
  { weight: 6, arbitrary: deed.map((done) => ({ type: 'deed' as const, done })) },
  { weight: 1, arbitrary: fc.constant({ type: 'further' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'readBegins' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'readArrives' as const }) },
  { weight: 1, arbitrary: fc.nat(5).map((back) => ({ type: 'heardAgain' as const, back })) },
  {
    weight: 1,
    arbitrary: fc.array(deed, { maxLength: 4 }).map((missed) => ({ type: 'begunAgain' as const, missed })),
  },
);

function sessionOn(shelf: Deed['shelf'], since: string): Session | null {
  const session = { sessionId: 's', since };
  switch (shelf) {
    case 'bot':
      return null;
    case 'waiting':
      return { ...session, status: 'WAITING' };
    case 'mine':
    case 'theirs':
      return { ...session, status: 'ACTIVE', operatorId: shelf === 'mine' ? ME : 'other' };
    case 'closed':
      return { ...session, status: 'CLOSED', by: { type: 'SYSTEM' } };
  }
}

/** The server's rows, and what it says of each change to somebody who follows the view. */
class Server {
  readonly rows = new Map<string, InboxRow>();
  readonly #view: InboxView;
  constructor(view: InboxView) {
    this.#view = view;
  }

  do({ conversationId, minute, shelf }: Deed): RowChange | null {
    const before = this.rows.get(conversationId);
    const seq = (before?.seq ?? 0) + 1;
    const head = { ...emptyHead(at(minute)), session: sessionOn(shelf, at(minute)) };
    const row: InboxRow = { conversationId, channelId: 'channel', seq, head };
    this.rows.set(conversationId, row);
    if (belongs(this.#view, head, ME)) return { type: 'row', row };
    return before && belongs(this.#view, before.head, ME) ? { type: 'gone', conversationId, seq } : null;
  }

  list(): InboxRow[] {
    return [...this.rows.values()]
      .filter(({ head }) => belongs(this.#view, head, ME))
      .toSorted(compareRows(this.#view));
  }

  page(behind: InboxRow | null) {
    const rest = this.list().filter((row) => behind === null || compareRows(this.#view)(row, behind) > 0);
    const rows = rest.slice(0, PAGE);
    return heldPage({ rows, nextCursor: rest.length > PAGE ? 'more' : null });
  }

  pages(count: number): InboxPages {
    const pages = [this.page(null)];
    while (pages.length < count && pages.at(-1)!.upTo) pages.push(this.page(pages.at(-1)!.upTo));
    return { pages, pageParams: pages.map(() => undefined) };
  }
}

describe('a list that is read page by page and patched', () => {
  it.each(['waiting', 'mine', 'active', 'bot', 'closed', 'all'] as const)(
    '[LV12] is the beginning of what a fresh fetch gives, in every view: %s (D9)',
    (view) => {
      fc.assert(
        fc.property(fc.array(deed, { maxLength: 12 }), fc.array(step, { maxLength: 40 }), (before, steps) => {
          const server = new Server(view);
          for (const done of before) server.do(done);
          const recent = new RecentChanges();
          const said: RowChange[] = [];
          let held = server.pages(1);
          let onItsWay: InboxPages | null = null;

          const hear = (change: RowChange) => {
            if (recent.note(change)) held = patchInbox(held, change, view);
          };
          for (const one of steps) {
            switch (one.type) {
              case 'deed': {
                const change = server.do(one.done);
                if (!change) break;
                said.push(change);
                hear(change);
                break;
              }
              case 'further': {
                const { upTo } = held.pages.at(-1)!;
                if (!upTo) break;
                held = { pages: [...held.pages, server.page(upTo)], pageParams: [...held.pageParams, undefined] };
                break;
              }
              case 'readBegins':
                onItsWay = server.pages(held.pages.length);
                break;
              case 'readArrives':
                // A slow answer: everything that was heard since is in it again.
                if (onItsWay) held = recent.applyTo(onItsWay, view);
                onItsWay = null;
                break;
              case 'heardAgain': {
                const change = said.at(-1 - one.back);
                if (change) hear(change);
                break;
              }
              case 'begunAgain':
                // The stream was down: what happened meanwhile is in the list that is read now, and nowhere else.
                for (const done of one.missed) server.do(done);
                recent.beginAgain();
                held = recent.applyTo(server.pages(held.pages.length), view);
                onItsWay = null;
            }
          }

          const rows = held.pages.flatMap((page) => page.rows);
          const { upTo } = held.pages.at(-1)!;
          const fresh = server.list().filter((row) => upTo === null || compareRows(view)(row, upTo) <= 0);
          expect(rows).toEqual(fresh);
        }),
        { numRuns: 2_000 },
      );
    },
  );
});
