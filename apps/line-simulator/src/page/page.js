// @ts-check
import { drawChat, followNewest, startAtNewest } from './chat.js';
import { closeTrays, drawMore, setUpComposer } from './composer.js';
import { byId } from './dom.js';
import { drawFaults, setUpFaults } from './faults.js';
import { closeSheet, openAccounts, openPeople, setUpSheet, sheetIsOpen } from './sheet.js';
import { ask, chatPath, listen } from './simulator.js';
import { addToWire, drawWire } from './wire.js';

const address = new URL(location.href);
const state = {
  /** @type {any[]} */ channels: [],
  /** @type {any[]} */ people: [],
  /** @type {string | null} */ channelId: address.searchParams.get('channel'),
  /** @type {string | null} */ userId: address.searchParams.get('user'),
};

const refuse = (/** @type {string} */ reason) => (byId('refusal').textContent = reason);

/** Does it, and says why if it could not be done. @param {Promise<unknown>} doing */
const attempt = (doing) =>
  void doing.then(
    () => refuse(''),
    // Each browser has words of its own for a server that is not there; all throw this.
    (error) => refuse(error instanceof TypeError ? 'The simulator is not running' : error.message),
  );

const here = () => {
  const { channelId, userId } = state;
  return channelId && userId ? { channelId, userId } : null;
};

/** @param {any} deed */
function act(deed) {
  const chat = here();
  if (!chat) return choosePerson();
  attempt(ask('POST', `${chatPath(chat)}/acts`, deed));
}

/** What a button of a message does. @param {any} action */
function tap(action) {
  const { data, displayText, text, type } = action;
  if (type === 'message') act({ act: 'send', message: { type: 'text', text } });
  else if (type === 'postback') act({ act: 'press', data, ...(displayText && { displayText }) });
  else if (type === 'datetimepicker')
    act({ act: 'press', data, params: { [action.mode]: action.initial ?? soon(action.mode) } });
  else if (type === 'camera' || type === 'cameraRoll') byId('picture').click();
  else refuse(`This phone has nothing for a button of type ${type}`);
}

/** Tomorrow, in the form a date picker answers with. @param {string} mode */
function soon(mode) {
  const [date = '', time = ''] = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16).split('T');
  return mode === 'date' ? date : mode === 'time' ? time : `${date}T${time}`;
}

async function readWorld() {
  const [{ channels }, { people }] = await Promise.all([ask('GET', '/channels'), ask('GET', '/people')]);
  state.channels = channels;
  state.people = people;
  if (!channels.some((/** @type {any} */ { id }) => id === state.channelId)) state.channelId = channels[0]?.id ?? null;
  state.userId ??= people.at(-1)?.userId ?? null;
  byId('account-name').textContent = accountName();
  const person = people.find((/** @type {any} */ { userId }) => userId === state.userId);
  byId('person-name').textContent = person ? `as ${person.displayName}` : state.userId ? 'as somebody' : 'Who are you?';
}

const accountName = () => state.channels.find(({ id }) => id === state.channelId)?.name ?? 'LINE simulator';

async function readChat() {
  const chat = here();
  if (!chat) return drawChat({ lines: [] }, { accountName: accountName(), onTap: tap, onTakeBack: () => {} });
  const read = await ask('GET', `${chatPath(chat)}/chat`);
  if (chat.userId !== state.userId || chat.channelId !== state.channelId) return; // somebody else by now
  const onTakeBack = (/** @type {string} */ messageId) => act({ act: 'unsend', messageId });
  drawChat(read, { accountName: accountName(), onTap: tap, onTakeBack });
  drawMore(read.friendship, act);
}

async function readFaults() {
  const [conditions, { faults }] = await Promise.all([ask('GET', '/conditions'), ask('GET', '/faults')]);
  drawFaults({ conditions, faults });
}

async function readWire() {
  drawWire((await ask('GET', '/wire')).entries);
}

/** Reads once more after the current reading, however often it is asked to meanwhile. @param {() => Promise<unknown>} read */
function coalesced(read) {
  let isReading = false;
  let isStale = false;
  return async function again() {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale) {
        isStale = false;
        await read();
      }
    } finally {
      isReading = false;
    }
  };
}
const chatAgain = coalesced(readChat);
const faultsAgain = coalesced(readFaults);
const worldAgain = coalesced(readWorld);

/** @param {Partial<typeof state>} choice */
async function choose(choice) {
  Object.assign(state, choice);
  if (state.channelId) address.searchParams.set('channel', state.channelId);
  if (state.userId) address.searchParams.set('user', state.userId);
  history.replaceState(null, '', address);
  closeSheet();
  closeTrays();
  startAtNewest();
  await readWorld();
  await chatAgain();
  byId('text').focus();
}

function choosePerson() {
  openPeople({
    people: state.people,
    userId: state.userId,
    onChoose: (userId) => attempt(choose({ userId })),
    onCreate: (displayName) =>
      attempt(ask('POST', '/people', { displayName }).then(({ userId }) => choose({ userId }))),
  });
}

setUpComposer({ act, refuse });
setUpFaults(attempt);
followNewest();
setUpSheet();
byId('people-open').addEventListener('click', choosePerson);
byId('accounts-open').addEventListener('click', () =>
  openAccounts({
    channels: state.channels,
    channelId: state.channelId,
    onChoose: (channelId) => attempt(choose({ channelId })),
  }),
);
document.addEventListener('keydown', ({ isComposing, key }) => {
  if (key !== 'Escape' || isComposing) return;
  if (sheetIsOpen()) closeSheet();
  else if (closeTrays()) byId('text').focus();
});
document.addEventListener('click', ({ target }) => {
  const pane = target instanceof Element ? target.closest('[data-pane]') : null;
  if (!(pane instanceof HTMLElement) || pane === document.body) return;
  document.body.dataset.pane = pane.dataset.pane;
  closeSheet();
});

listen({
  onNews(news) {
    if (news.type === 'wire') addToWire(news.entry);
    else if (news.type === 'faults') attempt(faultsAgain());
    else if (news.type === 'people' || news.type === 'channels') attempt(worldAgain());
    else if (news.type === 'chat' && news.userId === state.userId && news.channelId === state.channelId)
      void chatAgain();
  },
  onBack() {
    attempt(Promise.all([readWorld().then(chatAgain), faultsAgain(), readWire()]));
  },
  onLost() {
    refuse('The simulator is not running');
  },
});
