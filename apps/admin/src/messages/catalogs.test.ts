import { describe, expect, it } from 'vitest';
import { createTranslator } from 'use-intl/core';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { th } from './th.ts';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, words]) =>
    typeof words === 'string' ? [[`${path}${key}`, words] as [string, string]] : flat(words, `${path}${key}.`),
  );

/** What a message asks for: its arguments (outermost braces and those within plurals) and its tags. */
function asksFor(words: string): string[] {
  const args = [...words.matchAll(/\{\s*([a-zA-Z]+)\s*(?=[,}])/g)].map((match) => match[1]!);
  const tags = [...words.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...args, ...tags])].toSorted();
}

const english = flat(en);

describe.each([
  ['th', flat(th)],
  ['ja', flat(ja)],
])('the %s catalogue', (_locale, messages) => {
  const words = new Map(messages);

  it('has every key of English and no other', () => {
    expect([...words.keys()].toSorted()).toEqual(english.map(([key]) => key).toSorted());
  });

  it('asks for the same arguments as English', () => {
    const differing = english.filter(([key, original]) => {
      return asksFor(original).join() !== asksFor(words.get(key) ?? '').join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('leaves nothing in English that is not a name or a pattern', () => {
    const same = english.filter(([key, original]) => words.get(key) === original && /[a-z]{4}/i.test(original));
    const onlyNames = same.filter(
      ([, original]) => !/^[^a-z]*(\{\w+\}|<\/?\w+>|Enter|LINE id|[^a-z])*$/i.test(original),
    );
    expect(onlyNames.map(([key]) => key)).toEqual([]);
  });
});

/** A value for everything a message may ask for. */
const valuesFor = (words: string) =>
  Object.fromEntries(
    asksFor(words).map((name) => {
      if (name.startsWith('<')) return [name.slice(1, -1), String];
      return [name, name === 'n' || name === 's' ? 3 : 'x'];
    }),
  );

describe.each([
  ['en', en],
  ['th', th],
  ['ja', ja],
] as const)('the messages of %s', (locale, messages) => {
  it('can all be read out', () => {
    const errors: unknown[] = [];
    const translator = createTranslator({
      locale,
      messages,
      onError: (error) => errors.push(error),
    }) as unknown as { markup: (key: string, values: object) => string };
    for (const [key, words] of flat(messages)) translator.markup(key, valuesFor(words));
    expect(errors).toEqual([]);
  });
});
