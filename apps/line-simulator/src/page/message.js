// @ts-check
import { element, icon } from './dom.js';
import { stickerDrawing } from './stickers.js';

const MAX_ACTIONS = 40;

/**
 * A message as the phone shows it, whoever sent it.
 *
 * @param {Record<string, any>} message @param {string} id
 * @returns {(Node | null)[]}
 */
export function messageNodes(message, id) {
  switch (message.type) {
    case 'text':
    case 'textV2':
      return [bubble(message.text)];
    case 'sticker':
      return [stickerDrawing(message)];
    case 'image':
      return [picture(message.originalContentUrl ?? `/_sim/contents/${id}`, message.previewImageUrl)];
    case 'location':
      return [
        card('place', message.title ?? 'A place', message.address ?? `${message.latitude}, ${message.longitude}`),
      ];
    case 'file':
      return [card('file', message.fileName, `${message.fileSize} bytes`)];
    case 'video':
    case 'audio':
      return [
        card('file', message.type === 'video' ? 'Video' : 'Voice message', `${(message.duration ?? 0) / 1000} s`),
      ];
    default:
      // Templates and flex: the words that stand for them; their buttons are drawn below.
      return [bubble(message.template?.text ?? message.altText ?? `A message of type ${message.type}`)];
  }
}

/** @param {string} text */
const bubble = (text) => element('div', { className: 'bubble', dir: 'auto', textContent: text });

/** @param {unknown} url @param {unknown} [preview] */
function picture(url, preview) {
  const shown = [preview, url].find((one) => typeof one === 'string' && /^(https?:\/|\/_sim\/)/.test(one));
  return element('img', { className: 'picture', src: shown ?? '', alt: 'Picture', loading: 'lazy' });
}

/** @param {string} iconName @param {string} title @param {string} facts */
function card(iconName, title, facts) {
  const words = element(
    'div',
    {},
    element('span', { textContent: title, dir: 'auto' }),
    element('small', { textContent: facts }),
  );
  return element('div', { className: 'card' }, icon(iconName), words);
}

/**
 * Every action inside a template or a flex message, in the order they stand there.
 *
 * @param {unknown} part @returns {Record<string, any>[]}
 */
export function actionsIn(part) {
  if (Array.isArray(part)) return part.flatMap(actionsIn).slice(0, MAX_ACTIONS);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part)
    .flatMap(([name, value]) => {
      if (name === 'quickReply') return [];
      if (name === 'action' && typeof value === 'object' && value !== null) return [value];
      if (name === 'actions' && Array.isArray(value)) return value;
      return actionsIn(value);
    })
    .slice(0, MAX_ACTIONS);
}

/**
 * @param {Record<string, any>} action @param {(action: Record<string, any>) => void} onTap
 * @returns {HTMLElement}
 */
export function actionButton(action, onTap) {
  const label = action.label ?? action.displayText ?? action.text ?? action.data ?? action.type;
  if (action.type === 'uri' && /^https?:/.test(action.uri)) {
    const link = {
      className: 'pill',
      href: action.uri,
      target: '_blank',
      rel: 'noopener noreferrer',
      textContent: label,
    };
    return element('a', link);
  }
  return element('button', { className: 'pill', type: 'button', textContent: label, onclick: () => onTap(action) });
}
