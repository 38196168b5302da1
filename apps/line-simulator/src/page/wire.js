// @ts-check
import { byId, element } from './dom.js';

const LINES_SHOWN = 200;
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** @type {any[]} newest first */
let entries = [];

/** @param {any[]} all oldest first */
export function drawWire(all) {
  entries = all.slice(-LINES_SHOWN).toReversed();
  byId('wire').replaceChildren(...entries.map(line));
  drawSum();
}

/** @param {any} entry */
export function addToWire(entry) {
  if (entry.seq <= (entries[0]?.seq ?? 0)) return;
  entries = [entry, ...entries].slice(0, LINES_SHOWN);
  const list = byId('wire');
  list.prepend(line(entry));
  while (list.children.length > LINES_SHOWN) list.lastElementChild.remove();
  drawSum();
}

/** @param {any} entry */
function line({ at, direction, kind, latencyMs, note, request, response, status, summary }) {
  const isBad = status === 0 || (status >= 400 && status !== 409);
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { className: 'time', textContent: clockTime.format(at) }),
      element('span', { className: direction, textContent: `${direction === 'out' ? '→' : '←'} ${kind}` }),
      element('span', { className: 'what', textContent: note ? `${summary}, ${note}` : summary, title: summary }),
      element('span', {
        className: isBad ? 'bad' : '',
        textContent: status === 0 ? 'no answer' : `${status}, ${latencyMs} ms`,
      }),
    ),
  );
  // The JSON is written when somebody looks; most lines are never opened.
  details.addEventListener('toggle', () => {
    if (details.children.length > 1) return;
    const parts = [request, response].filter((part) => part !== null);
    const json = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part, null, 2))).join('\n\n');
    details.append(element('pre', { textContent: json || 'no body', tabIndex: 0 }));
  });
  return element('li', {}, details);
}

function drawSum() {
  const hooks = entries.filter(({ direction }) => direction === 'out');
  const again = hooks.filter(({ note }) => /again|redelivery/.test(note ?? '')).length;
  const lost = hooks.filter(({ status }) => status < 200 || status > 299).length;
  const sent = entries.filter(({ kind, status }) => (kind === 'push' || kind === 'reply') && status === 200).length;
  byId('wire-sum').replaceChildren(
    element('b', {
      textContent: `${count(hooks.length, 'webhook')} out, ${count(again, 'repeat')}, ${lost} not received.`,
    }),
    ` ${count(sent, 'call')} to send accepted.`,
  );
}

/** @param {number} number @param {string} thing */
const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;
