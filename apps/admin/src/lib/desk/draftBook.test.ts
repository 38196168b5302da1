import { beforeEach, describe, expect, it } from 'vitest';
import { DraftBook, MAX_DRAFTS } from './draftBook.ts';

/** A browser's storage, which tells the other tabs of each change. */
function browser() {
  const items = new Map<string, string>();
  const books: { book: DraftBook; own: object }[] = [];
  const tell = (from: object, key: string, removed: string | null) => {
    for (const { book, own } of books) if (own !== from) book.hear(key, items.get(key) ?? null, removed);
  };
  const tab = (operatorId: string) => {
    const own = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => {
        const removed = items.get(key) ?? null;
        items.set(key, value);
        tell(own, key, removed);
      },
      removeItem: (key: string) => {
        const removed = items.get(key) ?? null;
        items.delete(key);
        tell(own, key, removed);
      },
      key: (index: number) => [...items.keys()][index] ?? null,
      get length() {
        return items.size;
      },
    };
    const book = new DraftBook({ ...clockwork, place: own });
    books.push({ book, own });
    book.open(operatorId);
    return book;
  };
  return { tab, items };
}

const clock = { now: 0, due: [] as { at: number; call: () => void }[] };
beforeEach(() => {
  Object.assign(clock, { now: 0, due: [] });
});
const clockwork = {
  now: () => clock.now,
  after: (ms: number, call: () => void) => void clock.due.push({ at: clock.now + ms, call }),
  onHeard: () => {},
};
/** Time passes. */
function wait(ms: number): void {
  clock.now += ms;
  const due = clock.due.filter(({ at }) => at <= clock.now);
  clock.due = clock.due.filter(({ at }) => at > clock.now);
  for (const { call } of due) call();
}

describe('Outbox (OU): drafts', () => {
  it('[OU10] are there again after a reload, in every tab', () => {
    const { tab } = browser();
    tab('nok').write('c1', 'ร่าง');

    expect(tab('nok').read('c1')).toBe('ร่าง');
  });

  it('[OU10] written in one tab are read in the others, and gone when sent', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];

    first.write('c1', 'ร่าง');
    expect(second.read('c1')).toBe('ร่าง');
    first.write('c1', '');
    expect(second.read('c1')).toBe('');
  });

  it('[OU10] are not replaced under a hand that writes', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];
    second.write('c1', 'being written');

    first.write('c1', 'elsewhere');
    expect(second.read('c1')).toBe('being written');
    wait(2_000);
    expect(second.read('c1')).toBe('elsewhere');
  });

  it('[OU10] sent from one tab are gone in the one that has just typed them, so that nobody sends them twice', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];
    first.write('c1', 'ส่งครั้งเดียว');

    second.write('c1', '');

    expect(first.read('c1')).toBe('');
  });

  it('[OU10] gone on with in one tab and sent there are gone in the one that typed the beginning', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];
    first.write('c1', 'สวัสดี');
    second.write('c1', 'สวัสดีค่ะ');

    second.write('c1', '');
    wait(2_000);

    expect(first.read('c1')).toBe('');
  });

  it('[OU10] typed on after another tab sent their beginning stay, in every tab', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];
    first.write('c1', 'one');
    second.write('c1', 'one two');

    second.write('c1', '');
    first.write('c1', 'one more');
    wait(2_000);

    for (const book of [first, second]) expect(book.read('c1')).toBe('one more');
  });

  it('[OU10] stay beneath the sign-in sheet when another tab signs out', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];
    first.write('c1', 'ร่าง');

    second.forget();
    wait(2_000);

    expect(first.read('c1')).toBe('ร่าง');
  });

  it('[OU10] stay also when the other tab is heard to have signed out only after signing in again here', () => {
    const { tab } = browser();
    const [first, second] = [tab('nok'), tab('nok')];
    first.write('c1', 'ร่าง');

    first.open('nok');
    second.forget();

    expect(first.read('c1')).toBe('ร่าง');
  });

  it('[OU10] sent leave nothing in the browser after a minute', () => {
    const { tab, items } = browser();
    const book = tab('nok');
    book.write('c1', 'ร่าง');
    book.write('c1', '');
    wait(60_000);

    expect(items.size).toBe(0);
  });

  it('[OU10] sent leave nothing in the browser though the tab that sent them was closed at once', () => {
    const { tab, items } = browser();
    const book = tab('nok');
    book.write('c1', 'ร่าง');
    book.write('c1', '');
    Object.assign(clock, { now: 60_001, due: [] });
    tab('nok');

    expect(items.size).toBe(0);
  });

  it('[OU7] are not shown to somebody else who signs in there', () => {
    const { tab } = browser();
    const book = tab('nok');
    book.write('c1', 'ร่าง');

    book.open('thanawat');
    expect(book.read('c1')).toBe('');
    expect(tab('thanawat').read('c1')).toBe('');
  });

  it('[OU10] end with signing out, and leave nothing in the browser', () => {
    const { tab, items } = browser();
    const book = tab('nok');
    book.write('c1', 'ร่าง');

    book.forget();

    expect(book.read('c1')).toBe('');
    expect(items.size).toBe(0);
  });

  it('[OU10] of a tab that was open when another signed out are kept again after the sign-in', () => {
    const { tab, items } = browser();
    const book = tab('nok');
    book.write('c1', 'ร่าง');
    items.clear();

    book.open('nok');

    expect(book.read('c1')).toBe('ร่าง');
    expect(items.size).toBe(1);
  });

  it('[OU10] are at most 100: the one not touched for longest makes room', () => {
    const { tab, items } = browser();
    const book = tab('nok');
    for (let n = 0; n <= MAX_DRAFTS; n += 1) book.write(`c${n}`, 'ร่าง');

    expect(book.read('c0')).toBe('');
    expect(book.read('c1')).toBe('ร่าง');
    expect(items.size).toBe(MAX_DRAFTS);
  });

  it('[OU10] are kept for the life of the page where storage is off', () => {
    const book = new DraftBook({ ...clockwork, place: null });
    book.open('nok');
    book.write('c1', 'ร่าง');
    expect(book.read('c1')).toBe('ร่าง');
  });

  it('[OU10] that nobody of ours has written are not read', () => {
    const { tab, items } = browser();
    items.set('sala.draft.nok.c1', '<not json>');

    expect(tab('nok').read('c1')).toBe('');
  });
});
