import { BotSettings, emptyHead, type RoomHead, type Session } from '@sala/contracts';
import { describe, expect, it } from 'vitest';
import { answer, type Heard } from './bot.ts';

const AT = '2026-11-20T09:00:00.000Z';
const settings = BotSettings.parse({});
const headWith = (session: Session | null): RoomHead => ({ ...emptyHead(AT), session });

const typesOf = (
  heard: Heard,
  { session = null, isFirst = false }: { session?: Session | null; isFirst?: boolean } = {},
) => answer(headWith(session), heard, { isFirst, settings, newId: () => 'id' }).map(({ type }) => type);

const HANDED_OVER = ['session.opened', 'bot.wrote'];

describe('Bot and hand-over (BO)', () => {
  it.each(['สวัสดีค่ะ ขอคุยกับเจ้าหน้าที่หน่อยค่ะ', 'すみません、オペレーターをお願いします', 'I want a human, please'])(
    '[BO2] opens a session for %j (B1)',
    (text) => {
      expect(typesOf({ text })).toEqual(HANDED_OVER);
    },
  );

  it.each(['human', 'HUMAN!', 'ｈｕｍａｎ', 'a human.', '(human)', 'humanのオペ', 'not humane but human'])(
    '[BO3] hears the word in %j',
    (text) => {
      expect(typesOf({ text })).toEqual(HANDED_OVER);
    },
  );

  it.each(['humanity', 'superhuman', 'humans', 'hu man', 'オペラ', 'คุยกับเจ้านาย', ''])(
    '[BO3] does not hear it in %j',
    (text) => {
      expect(typesOf({ text })).toEqual([]);
    },
  );

  it.each([
    ['action=human', HANDED_OVER],
    ['action=humans', []],
    ['', []],
  ])('[BO4] answers the postback %j with %j', (postback, types) => {
    expect(typesOf({ postback })).toEqual(types);
  });

  it.each<Session>([
    { status: 'WAITING', sessionId: 's', since: AT },
    { status: 'ACTIVE', sessionId: 's', operatorId: 'aoi', since: AT },
  ])('[BO5] is silent while the session is $status', (session) => {
    expect(typesOf({ text: 'human' }, { session, isFirst: true })).toEqual([]);
  });

  it('[BO6] hands over again after a close', () => {
    const session: Session = { status: 'CLOSED', sessionId: 's', by: { type: 'USER' }, since: AT };

    expect(typesOf({ text: 'human' }, { session })).toEqual(HANDED_OVER);
  });

  it.each<[string, Heard]>([
    ['words', { text: 'hello' }],
    ['a picture', { other: true }],
  ])('[BO1] greets the first message when it is %s', (_what, heard) => {
    const facts = answer(headWith(null), heard, { isFirst: true, settings, newId: () => 'id' });

    expect(facts).toEqual([{ type: 'bot.wrote', messageId: 'id', content: { type: 'text', text: settings.greeting } }]);
  });

  it('[BO1] says nothing to the messages after', () => {
    expect(typesOf({ text: 'hello again' })).toEqual([]);
  });

  it('[BO9] listens for the words of its channel only', () => {
    const own = BotSettings.parse({ keywords: ['person'], postbacks: ['p'] });
    const types = (heard: Heard) =>
      answer(headWith(null), heard, { isFirst: false, settings: own, newId: () => 'id' }).length;

    expect([types({ text: 'human' }), types({ text: 'a person' }), types({ postback: 'p' })]).toEqual([0, 2, 2]);
  });
});
