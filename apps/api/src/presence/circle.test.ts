import { describe, expect, it } from 'vitest';
import { Circle, type Told } from './circle.ts';

type Person = { operatorId: string; isTyping: boolean };

/** People who come and go, and what each of two followers has made of what they were told. */
function circle() {
  const here = new Map<string, Person>();
  const over = new AbortController();
  const people = new Circle<Person, Told<Person>>({
    look: (operatorId) => here.get(operatorId) ?? null,
    everybody: () => [...here.values()],
    say: (told) => told,
  });
  const follow = async () => {
    const held = new Map<string, Person>();
    const stream = people.follow(undefined, over.signal);
    const hear = async () => {
      for (const told of (await stream.next()).value ?? []) {
        if (told.type === 'snapshot') for (const one of told.people) held.set(one.operatorId, one);
        else if (told.type === 'left') held.delete(told.operatorId);
        else held.set(told.person.operatorId, told.person);
      }
    };
    await hear();
    return { held, hear };
  };
  const put = (operatorId: string, person: Person | null) => {
    if (person) here.set(operatorId, person);
    else here.delete(operatorId);
    people.mark(operatorId);
  };
  return { people, put, follow, end: () => over.abort() };
}

describe('Presence (PR)', () => {
  it('[PR1] who came and left before it was told is not left standing with one who began in between', async () => {
    const { people, put, follow, end } = circle();
    put('aoi', { operatorId: 'aoi', isTyping: false });

    const between = await follow();
    put('aoi', null);
    people.tell();
    await between.hear();

    expect([...between.held.keys()]).toEqual([]);
    end();
  });

  it('[PR1] who changed and changed back before it was told is as they are with one who began in between', async () => {
    const { people, put, follow, end } = circle();
    put('aoi', { operatorId: 'aoi', isTyping: false });
    people.tell();
    put('aoi', { operatorId: 'aoi', isTyping: true });

    const between = await follow();
    put('aoi', { operatorId: 'aoi', isTyping: false });
    people.tell();
    await between.hear();

    expect(between.held.get('aoi')).toEqual({ operatorId: 'aoi', isTyping: false });
    end();
  });
});
