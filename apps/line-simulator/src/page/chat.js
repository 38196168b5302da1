// @ts-check
import { byId, element, show } from './dom.js';
import { actionButton, actionsIn, messageNodes } from './message.js';

/** From here to the bottom, in pixels, counts as being at the bottom. */
const NEAR = 80;
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** @type {Map<string, { written: string, node: HTMLElement }>} */
let drawn = new Map();

let wantsBottom = true;
const stayAtBottom = () => {
  const list = byId('chat');
  if (wantsBottom) list.scrollTop = list.scrollHeight;
};

/**
 * Keeps the newest line in sight for as long as the reader has not scrolled up: through new lines, pictures
 * that arrive late, and a tray that takes away room.
 */
export function followNewest() {
  const list = byId('chat');
  let lastTop = 0;
  list.addEventListener('scroll', () => {
    // Only going up says "let me read": a picture that has just grown also leaves the end out of sight.
    if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) wantsBottom = true;
    else if (list.scrollTop < lastTop) wantsBottom = false;
    lastTop = list.scrollTop;
  });
  list.addEventListener('load', stayAtBottom, true);
  new ResizeObserver(stayAtBottom).observe(list);
}

/** Another chat begins at its end. */
export function startAtNewest() {
  wantsBottom = true;
}

/**
 * Draws a chat, keeping what is already drawn.
 *
 * @param {{ lines: any[] }} chat
 * @param {{ accountName: string, onTap: (action: any) => void, onTakeBack: (messageId: string) => void }} options
 */
export function drawChat({ lines }, options) {
  const list = byId('chat');
  /** @type {typeof drawn} */
  const now = new Map();
  /** @param {string} key @param {string} written @param {() => HTMLElement} draw */
  const keep = (key, written, draw) => {
    const held = drawn.get(key);
    now.set(key, held?.written === written ? held : { written, node: draw() });
  };

  let lastDay = '';
  for (const line of lines) {
    const lineDay = day.format(line.at);
    if (lineDay !== lastDay) keep(`day ${lineDay}`, dayName(lineDay), () => mark(dayName(lineDay)));
    lastDay = lineDay;
    keep(line.id, JSON.stringify(line) + options.accountName, () => drawLine(line, options));
  }
  if (lines.length === 0)
    keep('empty', '', () =>
      element('p', { className: 'empty', textContent: 'Nothing said yet. Write the first message.' }),
    );
  drawn = now;
  show(
    list,
    [...now.values()].map(({ node }) => node),
  );
  stayAtBottom();

  const last = lines.at(-1);
  const items = last?.from === 'account' ? (last.message.quickReply?.items ?? []) : [];
  byId('quick-replies').replaceChildren(
    ...items.map((/** @type {any} */ { action }) => actionButton(action, options.onTap)),
  );
}

/** @param {any} line @param {Parameters<typeof drawChat>[1]} options */
function drawLine(line, options) {
  if (line.from === 'phone') return mark(noteText(line, options.accountName));
  return line.from === 'person' ? ownTurn(line, options) : accountTurn(line, options);
}

/** @param {any} line @param {Parameters<typeof drawChat>[1]} options */
function ownTurn({ at, id, message, takenBack, told }, { onTakeBack }) {
  if (takenBack) {
    const gone = element('div', { className: 'bubble gone', textContent: 'You took this message back' });
    return element('div', { className: 'turn mine' }, gone);
  }
  const isTold = told === null || told.reason === 'ok';
  const state = element('span', {
    className: isTold ? '' : 'bad',
    textContent: `${stateText(told)} · ${clockTime.format(at)}`,
  });
  const takeBack = element('button', { type: 'button', textContent: 'Take back', onclick: () => onTakeBack(id) });
  const meta = element('div', { className: 'meta' }, takeBack, state);
  return element('div', { className: 'turn mine' }, ...messageNodes(message, id), meta);
}

/** @param {any} line @param {Parameters<typeof drawChat>[1]} options */
function accountTurn({ at, id, message }, { accountName, onTap }) {
  const sender = message.sender?.name;
  const actions = actionsIn(message);
  return element(
    'div',
    { className: 'turn', title: clockTime.format(at) },
    sender && element('span', { className: 'sender', textContent: `${sender} from ${accountName}` }),
    ...messageNodes(message, id),
    actions.length > 0 &&
      element('div', { className: 'actions' }, ...actions.map((action) => actionButton(action, onTap))),
  );
}

/** LINE marks as read by itself once the account is a bot's, so "read" here means its webhook took the message. */
function stateText(/** @type {{ status: number, reason: string } | null} */ told) {
  if (told === null) return 'sending';
  if (told.reason === 'ok') return 'read';
  if (told.reason === 'error_status_code') return `the account answered ${told.status}`;
  return told.reason === 'request_timeout' ? 'the account did not answer in 2 s' : 'the account could not be reached';
}

/** @param {{ note: string, text: string }} line @param {string} accountName */
function noteText({ note, text }, accountName) {
  if (note === 'pressed') return `You pressed “${text}”`;
  return note === 'blocked' ? `You blocked ${accountName}` : `You added ${accountName} as a friend`;
}

/** @param {string} lineDay */
const dayName = (lineDay) => (lineDay === day.format(Date.now()) ? 'today' : lineDay);
/** @param {string} text */
const mark = (text) => element('div', { className: 'mark', textContent: text });
