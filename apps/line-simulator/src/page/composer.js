// @ts-check
import { byId, element } from './dom.js';
import { STICKERS, stickerDrawing } from './stickers.js';

const MAX_FILE_BYTES = 10_000_000;
const TOKYO_STATION = { title: '東京駅', address: '東京都千代田区丸の内1丁目', latitude: 35.6812, longitude: 139.7671 };

/**
 * The foot of the phone. `act` does what the person does; `refuse` says why something cannot be.
 *
 * @param {{ act: (deed: any) => void, refuse: (reason: string) => void }} options
 */
export function setUpComposer({ act, refuse }) {
  const text = byId('text');
  const send = byId('send');

  /** @param {any} message */
  const sendMessage = (message) => {
    closeTrays();
    act({ act: 'send', message });
  };
  const sendText = () => {
    if (text.value.trim() === '') return;
    sendMessage({ type: 'text', text: text.value });
    text.value = '';
    send.hidden = true;
  };

  byId('composer').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    sendText();
    text.focus();
  });
  text.addEventListener('input', () => (send.hidden = text.value.trim() === ''));
  text.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    // Enter that chooses a candidate of an input method is not the person's Enter; Safari tells only by 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sendText();
  });

  byId('picture-open').addEventListener('click', () => byId('picture').click());
  byId('picture').addEventListener('change', () =>
    sendChosen('picture', (file) => ({ type: 'image', contentType: file.type })),
  );
  byId('file').addEventListener('change', () => sendChosen('file', (file) => ({ type: 'file', fileName: file.name })));

  /** @param {string} id @param {(file: File) => object} describe */
  async function sendChosen(id, describe) {
    const input = byId(id);
    const [file] = input.files;
    input.value = '';
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) return refuse('That is larger than 10 MB');
    sendMessage({ ...describe(file), base64: await inBase64(file) });
  }

  byId('tray-stickers').append(
    ...STICKERS.map(({ keywords, packageId, stickerId }) => {
      const message = { type: 'sticker', packageId, stickerId, keywords };
      const face = stickerDrawing(message);
      return element('button', { className: 'face-button', type: 'button', onclick: () => sendMessage(message) }, face);
    }),
  );
  setUpTray('stickers');
  setUpTray('more');

  return { sendMessage, sendText };
}

/**
 * What the + holds. Drawn anew when the friendship changes.
 *
 * @param {string} friendship @param {(deed: any) => void} act
 */
export function drawMore(friendship, act) {
  const isBlocked = friendship === 'blocked';
  const does = (/** @type {string} */ label, /** @type {() => void} */ onclick) =>
    element('button', {
      className: 'pill',
      type: 'button',
      textContent: label,
      onclick: () => {
        closeTrays();
        onclick();
      },
    });
  byId('tray-more').replaceChildren(
    does('Place', () => act({ act: 'send', message: { type: 'location', ...TOKYO_STATION } })),
    does('File', () => byId('file').click()),
    does('Picture, made up', () => act({ act: 'send', message: { type: 'image' } })),
    does('Voice message', () => act({ act: 'send', message: { type: 'audio' } })),
    does('Video', () => act({ act: 'send', message: { type: 'video' } })),
    friendship === 'friend'
      ? does('Block', () => act({ act: 'block' }))
      : does(isBlocked ? 'Unblock' : 'Add as a friend', () => act({ act: 'follow' })),
  );
}

/** @param {'stickers' | 'more'} name */
function setUpTray(name) {
  const button = byId(`${name}-open`);
  button.setAttribute('aria-controls', `tray-${name}`);
  button.addEventListener('click', () => {
    const opens = byId(`tray-${name}`).hidden;
    closeTrays();
    byId(`tray-${name}`).hidden = !opens;
    button.setAttribute('aria-expanded', String(opens));
  });
}

/** Closes both trays. Answers whether one was open. */
export function closeTrays() {
  let wasOpen = false;
  for (const name of ['stickers', 'more']) {
    wasOpen ||= !byId(`tray-${name}`).hidden;
    byId(`tray-${name}`).hidden = true;
    byId(`${name}-open`).setAttribute('aria-expanded', 'false');
  }
  return wasOpen;
}

/** @param {File} file @returns {Promise<string>} */
function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(/** @type {string} */ (reader.result).replace(/^data:[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
