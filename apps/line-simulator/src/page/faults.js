// @ts-check
import { byId, element } from './dom.js';
import { ask } from './simulator.js';

/** @param {Record<string, unknown>} change */
const weather = (change) => ask('PATCH', '/conditions', change);

/** A switch on one condition. @param {string} name */
const condition = (name) => ({
  isOn: (/** @type {any} */ { conditions }) => conditions[name] === true,
  turn: (/** @type {boolean} */ on) => weather({ [name]: on }),
});

/** A switch that plans a fault under a name of its own. @param {string} id @param {(choice: string) => object} fault */
const planned = (id, fault) => ({
  isOn: (/** @type {any} */ { faults }) => faults.some((/** @type {any} */ planned) => planned.id === id),
  turn: (/** @type {boolean} */ on, /** @type {string} */ choice) =>
    on ? ask('PUT', `/faults/${id}`, fault(choice)) : ask('DELETE', `/faults/${id}`),
});

const MONTHLY = 'You have reached your monthly limit.';

/** @type {{ id: string, title: string, hint: string, choices?: [string, string][], isOn: (state: any) => boolean, turn: (on: boolean, choice: string) => Promise<unknown> }[]} */
const SWITCHES = [
  { id: 'twice', title: 'Send every webhook twice', hint: 'as LINE does when it doubts', ...condition('duplicate') },
  {
    id: 'delay',
    title: 'Delay',
    hint: 'before the account is told',
    choices: [['1500', '1.5 s'], ['500', '0.5 s'], ['5000', '5 s'], ['30000', '30 s']], // prettier-ignore
    isOn: ({ conditions }) => conditions.delayMs > 0,
    turn: (on, choice) => weather({ delayMs: on ? Number(choice) : 0 }),
  },
  {
    id: 'refuse',
    title: 'Refuse',
    hint: 'the next 3 pushes',
    choices: [['429', '429, rate'], ['month', '429, month'], ['500', '500'], ['502', '502, HTML'], ['503', '503']], // prettier-ignore
    ...planned('page-refuse', (choice) => ({
      kind: 'fail',
      times: 3,
      ...(choice === 'month' ? { status: 429, message: MONTHLY } : { status: Number(choice) }),
    })),
  },
  {
    id: 'accept',
    title: 'Fail the answer',
    hint: 'but deliver all the same',
    choices: [['500', '500'], ['reset', 'cut off'], ['stall', 'half']], // prettier-ignore
    ...planned('page-accept', (choice) => ({
      kind: 'acceptThenDrop',
      times: null,
      answer: choice === '500' ? 500 : choice,
    })),
  },
  {
    id: 'hang',
    title: 'Say nothing',
    hint: 'pushes wait for an answer in vain',
    ...planned('page-hang', () => ({ kind: 'hang', times: null })),
  },
  {
    id: 'profile',
    title: 'No profiles',
    hint: 'names and pictures cannot be had',
    choices: [['404', '404'], ['500', '500']], // prettier-ignore
    ...planned('page-profile', (choice) => ({
      kind: 'fail',
      endpoint: 'profile',
      times: null,
      status: Number(choice),
    })),
  },
  {
    id: 'token',
    title: 'Reply token dies early',
    hint: 'after 5 s instead of a minute',
    isOn: ({ conditions }) => conditions.replyTokenLifeMs < 60_000,
    turn: (on) => weather({ replyTokenLifeMs: on ? 5_000 : 60_000 }),
  },
  {
    id: 'shuffle',
    title: 'Shuffle a batch',
    hint: 'events of a moment in one call, wrong order',
    ...condition('shuffle'),
  },
  {
    id: 'signature',
    title: 'Sign wrongly',
    hint: 'with a secret that is not the channel’s',
    ...condition('wrongSignature'),
  },
  {
    id: 'redeliver',
    title: 'Redeliver',
    hint: 'what was not answered with 2xx: after 10 s, 1, 5 and 30 min',
    ...condition('redelivery'),
  },
  { id: 'cut', title: 'Cut the line', hint: 'nothing gets through', ...condition('cutLine') },
];

/** @param {(promise: Promise<unknown>) => void} attempt */
export function setUpFaults(attempt) {
  byId('faults').replaceChildren(
    ...SWITCHES.map(({ choices, hint, id, title, turn }) => {
      const choice =
        choices &&
        element(
          'select',
          { id: `choice-${id}`, attributes: { 'aria-label': `${title}: what` } },
          ...choices.map(([value, label]) => element('option', { value, textContent: label })),
        );
      const chosen = () => /** @type {HTMLSelectElement | undefined} */ (choice)?.value ?? '';
      const lever = element('button', {
        className: 'switch',
        id: `switch-${id}`,
        type: 'button',
        attributes: {
          role: 'switch',
          'aria-checked': 'false',
          'aria-labelledby': `title-${id}`,
          'aria-describedby': `hint-${id}`,
        },
      });
      const isOn = () => lever.getAttribute('aria-checked') === 'true';
      lever.addEventListener('click', () => attempt(turn(!isOn(), chosen())));
      choice?.addEventListener('change', () => isOn() && attempt(turn(true, chosen())));
      const words = element(
        'span',
        { className: 'words' },
        element('span', { className: 'title', id: `title-${id}`, textContent: title }),
        element('span', { className: 'hint', id: `hint-${id}`, textContent: hint }),
      );
      return element('li', {}, words, choice, lever);
    }),
  );
}

/** @param {{ conditions: any, faults: any[] }} state */
export function drawFaults(state) {
  for (const { id, isOn } of SWITCHES) byId(`switch-${id}`).setAttribute('aria-checked', String(isOn(state)));
}
