// @ts-check
import { byId, element } from './dom.js';

/** @type {Element | null} */
let openedFrom = null;

/** While the sheet is open the rest of the phone lies behind it: not for fingers, not for the keyboard. */
export function setUpSheet() {
  const sheet = byId('sheet');
  const phone = sheet.parentElement;
  sheet.addEventListener('close', () => {
    for (const part of phone.children) part.inert = false;
    if (openedFrom instanceof HTMLElement) openedFrom.focus();
  });
  phone.addEventListener('click', (/** @type {Event} */ { target }) => {
    if (target === phone && sheet.open) sheet.close();
  });
}

/** @param {string} title @param {...Node} body */
function open(title, ...body) {
  byId('sheet-title').textContent = title;
  byId('sheet-body').replaceChildren(...body);
  const sheet = byId('sheet');
  openedFrom = document.activeElement;
  for (const part of sheet.parentElement.children) part.inert = part !== sheet;
  if (!sheet.open) sheet.show();
  (
    sheet.querySelector('[aria-current="true"]') ??
    sheet.querySelector('input') ??
    sheet.querySelector('button')
  )?.focus();
}

export const closeSheet = () => byId('sheet').close();
export const sheetIsOpen = () => byId('sheet').open;

/**
 * @param {{ people: any[], userId: string | null, onChoose: (userId: string) => void, onCreate: (displayName: string) => void }} options
 */
export function openPeople({ people, userId, onChoose, onCreate }) {
  const name = element('input', {
    type: 'text',
    required: true,
    maxLength: 100,
    placeholder: 'แอน, 健, Christopher…',
    attributes: { autocomplete: 'off' },
  });
  const form = element(
    'form',
    { className: 'new-person' },
    element('label', {}, 'Somebody new', name),
    element('button', { className: 'go-button', textContent: 'Be them' }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onCreate(/** @type {HTMLInputElement} */ (name).value.trim());
  });
  open(
    'Who are you?',
    // On a narrow screen, where the panes have no place of their own; above people, who may be many.
    element('div', { className: 'pane-links' }, paneLink('Faults', 'faults'), paneLink('On the wire', 'wire')),
    element(
      'div',
      { className: 'choices' },
      ...people.toReversed().map((person) => choice(person, person.userId === userId, onChoose)),
    ),
    form,
  );
}

/** @param {any} person @param {boolean} isCurrent @param {(userId: string) => void} onChoose */
function choice({ displayName, pictureUrl, userId }, isCurrent, onChoose) {
  const face = element('img', { src: pictureUrl ?? `/_sim/portraits/${userId}.svg`, alt: '', loading: 'lazy' });
  const words = element('span', { className: 'words' }, displayName, element('small', { textContent: userId }));
  return choiceButton([face, words], isCurrent, () => onChoose(userId));
}

/** @param {{ channels: any[], channelId: string | null, onChoose: (channelId: string) => void }} options */
export function openAccounts({ channels, channelId, onChoose }) {
  const buttons = channels.map(({ id, name, webhookUrl }) => {
    const words = element(
      'span',
      { className: 'words' },
      name,
      element('small', { textContent: webhookUrl ?? 'no webhook yet' }),
    );
    return choiceButton([words], id === channelId, () => onChoose(id));
  });
  const none = element('p', {
    className: 'empty',
    textContent: 'No account yet. Start with --config, or POST /_sim/channels.',
  });
  open('Which account?', element('div', { className: 'choices' }, ...(buttons.length > 0 ? buttons : [none])));
}

/** @param {Node[]} children @param {boolean} isCurrent @param {() => void} onclick */
function choiceButton(children, isCurrent, onclick) {
  const attributes = { 'aria-current': isCurrent ? 'true' : undefined };
  return element('button', { className: 'choice', type: 'button', onclick, attributes }, ...children);
}

/** @param {string} label @param {string} pane */
const paneLink = (label, pane) =>
  element('button', {
    className: 'plain-button',
    type: 'button',
    textContent: label,
    attributes: { 'data-pane': pane },
  });
