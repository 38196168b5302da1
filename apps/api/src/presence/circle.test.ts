import { describe, expect, it } from 'vitest';
import { Circle, type Told } from './circle.ts';

type Person = { operatorId: string; isTyping: boolean };
const aoi: Person = { operatorId: 'aoi', isTyping: false };

/** People who come and go, told when the test says so. */
function circle() {
  const here = new Map<string, Person>();
  const over = new AbortController();
  const people = new Circle<Person, Told<Person>>({
    look: (operatorId) => here.get(operatorId) ?? null,
    everybody: () => [...here.values()],
    say: (told) => told,
  });
  const put = (operatorId: string, person: Person | null) => {
    if (person) here.set(operatorId, person);
    else here.delete(operatorId);
    people.mark(operatorId);
  };
  return { people, put, follow: () => people.follow(undefined, over.signal), end: () => over.abort() };
}

describe('Presence (PR)', () => {
  it('[PR1] who begins to follow is not told once more what the snapshot holds', async () => {
    const { people, put, follow, end } = circle();
    put('aoi', aoi);
    const stream = follow();

    const first = stream.next();
    people.tell();
    put('aoi', { ...aoi, isTyping: true });
    people.tell();

    expect((await first).value).toEqual([{ type: 'snapshot', people: [{ ...aoi, isTyping: true }] }]);
    const next = stream.next();
    put('aoi', null);
    people.tell();
    expect((await next).value).toEqual([{ type: 'left', operatorId: 'aoi' }]);
    end();
  });

  it('[PR1] a stream that ends before its first word ends', async () => {
    const { put, follow, end } = circle();
    put('aoi', aoi);
    const stream = follow();

    const first = stream.next();
    end();

    await first;
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
