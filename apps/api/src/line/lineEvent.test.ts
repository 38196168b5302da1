import { Content } from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import { eventIdOf, LineEvent, messageIn, postbackIn } from './lineEvent.ts';
import { cutTo, storable } from './storable.ts';

const eventWith = (parts: object) =>
  LineEvent.parse({ type: 'message', timestamp: 1, source: { type: 'user', userId: 'U1' }, ...parts });
const contentOf = (message: object) => messageIn(eventWith({ message: { id: '1', ...message } }))?.content;

describe('Webhook (WH)', () => {
  it.each<[object, Content]>([
    [
      { type: 'text', text: 'hi' },
      { type: 'text', text: 'hi' },
    ],
    [{ type: 'image', contentProvider: { type: 'line' } }, { type: 'image' }],
    [
      { type: 'video', duration: 12_000 },
      { type: 'video', durationMs: 12_000 },
    ],
    [{ type: 'video', duration: 'long' }, { type: 'video' }],
    [{ type: 'audio' }, { type: 'audio' }],
    [
      { type: 'file', fileName: 'a.pdf', fileSize: 3 },
      { type: 'file', name: 'a.pdf', sizeBytes: 3 },
    ],
    [{ type: 'file' }, { type: 'file', name: '', sizeBytes: 0 }],
    [
      { type: 'sticker', packageId: '1', stickerId: '2', text: 'see you', keywords: ['bye'] },
      { type: 'sticker', packageId: '1', stickerId: '2', keywords: ['see you', 'bye'] },
    ],
    [
      { type: 'location', title: 'Home', latitude: 1, longitude: 2 },
      { type: 'location', title: 'Home', latitude: 1, longitude: 2 },
    ],
    [{ type: 'hologram' }, { type: 'unsupported', kind: 'hologram' }],
    [{ type: 'text' }, { type: 'unsupported', kind: 'text' }],
  ])('[WH11] %j is shown as %j', (message, content) => {
    const came = contentOf(message);

    expect(came).toEqual(content);
    expect(Content.parse(came)).toEqual(content);
  });

  it('[WH12] cuts a text that is too long without leaving half a character', () => {
    const text = `${'a'.repeat(4_999)}🍎`;

    expect(contentOf({ type: 'text', text })).toEqual({ type: 'text', text: 'a'.repeat(4_999) });
  });

  it.each([
    ['ab🍎', 3, 'ab'],
    ['ab🍎', 4, 'ab🍎'],
    ['ab🍎c', 4, 'ab🍎'],
    ['', 3, ''],
  ])('[WH12] of %j at most %i units are %j', (text, length, cut) => {
    expect(cutTo(text, length)).toBe(cut);
  });

  it('[WH12] cleans keys and values, however deep, and nothing else', () => {
    const dirty = { 'a\u0000': ['\uD83Cx', { '\uDF4E': 'ok\u0000' }], n: 1.5, none: null, yes: true };

    expect(storable(dirty)).toEqual({ a: ['\uFFFDx', { '\uFFFD': 'ok' }], n: 1.5, none: null, yes: true });
  });

  it.each([
    ['no source', { source: undefined }],
    ['a source of an unknown kind', { source: { type: 'planet', planetId: 'P1' } }],
    ['a timestamp in words', { timestamp: 'yesterday' }],
    ['a timestamp after the year 9999', { timestamp: 253_402_300_800_000 }],
  ])('[WH10] an event with %s is not understood', (_what, parts) => {
    const event = { type: 'message', timestamp: 1, source: { type: 'user', userId: 'U1' }, ...parts };

    expect(LineEvent.safeParse(event).success).toBe(false);
  });

  it('[WH7] an event without an id is named by what it says', () => {
    const event = { type: 'follow', timestamp: 1 };

    expect(eventIdOf(event)).toBe(eventIdOf({ ...event }));
    expect(eventIdOf(event)).not.toBe(eventIdOf({ ...event, timestamp: 2 }));
  });

  it('[BO4] a postback has data of at most 300 units', () => {
    expect(postbackIn(eventWith({ postback: { data: 'x'.repeat(301) } }))).toBe('x'.repeat(300));
    expect(postbackIn(eventWith({ postback: {} }))).toBeNull();
  });
});
