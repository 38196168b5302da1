import { emptyHead, type InboxRow, type InboxView } from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import { queryClient } from '../../lib/queryClient.ts';
import { arrange, withLost } from './arrange.ts';
import { heldPage, type InboxPages, patchInbox } from './patchInbox.ts';
import { inboxKey, RecentChanges, recentChanges } from './recentChanges.ts';

const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 9, n)).toISOString();

/** A conversation whose newest movement was at that minute. */
const row = (conversationId: string, at: number, seq = 1): InboxRow => ({
  conversationId,
  channelId: 'channel',
  seq,
  head: emptyHead(minute(at)),
});

const pages = (...lists: InboxRow[][]): InboxPages => ({
  pages: lists.map((rows, index) =>
    heldPage({ rows, nextCursor: index < lists.length - 1 ? `cursor-${index}` : null }),
  ),
  pageParams: lists.map(() => undefined),
});
const open = (held: InboxPages): InboxPages => ({
  ...held,
  pages: held.pages.map((page) => heldPage({ ...page, nextCursor: page.nextCursor ?? 'more' })),
});
const ids = (held: InboxPages) => held.pages.map((page) => page.rows.map((each) => each.conversationId).join(''));
const view: InboxView = 'active';

describe('a change of a row', () => {
  it('moves it to its place, across pages', () => {
    const held = pages([row('a', 40), row('b', 30)], [row('c', 20), row('d', 10)]);
    expect(ids(patchInbox(held, { type: 'row', row: row('d', 35, 2) }, view))).toEqual(['adb', 'c']);
    expect(ids(patchInbox(held, { type: 'row', row: row('new', 50) }, view))).toEqual(['newab', 'cd']);
  });

  it('loses to a newer row that is held', () => {
    const held = pages([row('a', 40, 7)]);
    expect(patchInbox(held, { type: 'row', row: row('a', 50, 6) }, view)).toBe(held);
    expect(patchInbox(held, { type: 'gone', conversationId: 'a', seq: 7 }, view)).toBe(held);
  });

  it('takes out a row that left', () => {
    const held = pages([row('a', 40, 7), row('b', 30)]);
    expect(ids(patchInbox(held, { type: 'gone', conversationId: 'a', seq: 8 }, view))).toEqual(['b']);
  });

  it('leaves a row behind everything loaded to the page it will come with', () => {
    const held = open(pages([row('a', 40), row('b', 30)]));
    expect(ids(patchInbox(held, { type: 'row', row: row('old', 5) }, view))).toEqual(['ab']);
    expect(ids(patchInbox(pages([row('a', 40)]), { type: 'row', row: row('old', 5) }, view))).toEqual(['aold']);
  });

  it('fills an empty list', () => {
    expect(ids(patchInbox(pages([]), { type: 'row', row: row('a', 1) }, view))).toEqual(['a']);
  });
});

describe('a page that was read before a change and arrives after it', () => {
  it('is brought up to date', () => {
    const recent = new RecentChanges();
    recent.note({ type: 'row', row: row('a', 50, 9) });
    recent.note({ type: 'row', row: row('a', 45, 8) });
    recent.note({ type: 'gone', conversationId: 'b', seq: 5 });
    const late = pages([row('b', 40, 4), row('a', 30, 7)]);
    expect(ids(recent.applyTo(late, view))).toEqual(['a']);
    expect(recent.applyTo(late, view).pages[0]?.rows[0]?.seq).toBe(9);
  });
});

describe('the changes that are kept beside a list', () => {
  it('[LV12] go with it: whoever signs in next gets no row of who was there before', () => {
    queryClient.setQueryData(inboxKey('mine'), pages([row('a', 30, 7)]));
    const before = recentChanges('mine');
    before.note({ type: 'row', row: row('a', 50, 9) });
    expect(recentChanges('mine')).toBe(before);
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    expect(ids(recentChanges('mine').applyTo(pages([]), 'mine'))).toEqual(['']);
  });
});

describe('the order under the hand', () => {
  it('stays, while rows show what is new in them', () => {
    const held = [row('a', 40), row('b', 30)];
    const { rows, newAbove, left } = arrange(held, [row('b', 50, 2), row('a', 40)], view);
    expect(rows.map((each) => [each.conversationId, each.seq])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(newAbove).toBe(0);
    expect([...left]).toEqual([]);
  });

  it('counts what came, keeps what left, and lets further pages in at the foot', () => {
    const { rows, newAbove, left } = arrange(
      [row('a', 40), row('b', 30)],
      [row('x', 60), row('b', 30), row('z', 5)],
      view,
    );
    expect(rows.map((each) => each.conversationId)).toEqual(['a', 'b', 'z']);
    expect(newAbove).toBe(1);
    expect([...left]).toEqual(['a']);
  });

  it('gives a lost race its place while it is told', () => {
    const rows = [row('a', 40), row('c', 20)];
    expect(withLost(rows, row('b', 30), view).map((each) => each.conversationId)).toEqual(['a', 'b', 'c']);
    expect(withLost(rows, rows[0]!, view)).toBe(rows);
  });
});
