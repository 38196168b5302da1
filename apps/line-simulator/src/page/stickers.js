// @ts-check
import { drawing } from './dom.js';

/** Stickers a bot may know, and how the creature that stands for them all looks. */
export const STICKERS = [
  { packageId: '11537', stickerId: '52002734', keywords: ['hi', 'smile'], mouth: 'M48 68c5 5 11 5 16 0' },
  { packageId: '11537', stickerId: '52002735', keywords: ['great', 'laugh'], mouth: 'M46 66c3 10 17 10 20 0z' },
  { packageId: '11537', stickerId: '52002749', keywords: ['sad', 'sorry'], mouth: 'M48 72c5-5 11-5 16 0' },
  { packageId: '11537', stickerId: '52002744', keywords: ['hm', 'thinking'], mouth: 'M49 70h14' },
];

/** @param {Record<string, any>} sticker a sticker message @returns {SVGElement | Element} */
export function stickerDrawing({ keywords, stickerId }) {
  const known = STICKERS.find((sticker) => sticker.stickerId === stickerId);
  const words = known?.keywords ?? (Array.isArray(keywords) ? keywords : [stickerId]);
  return drawing(
    'svg',
    { class: 'sticker', viewBox: '0 0 112 104', role: 'img', 'aria-label': `Sticker: ${words.join(', ')}` },
    drawing('ellipse', { class: 'body', cx: '56', cy: '62', rx: '34', ry: '32' }),
    drawing('path', { class: 'ears', d: 'M30 34l8 8M82 34l-8 8' }),
    drawing('circle', { class: 'ink', cx: '45', cy: '56', r: '3' }),
    drawing('circle', { class: 'ink', cx: '67', cy: '56', r: '3' }),
    drawing('path', { class: 'mouth', d: (known ?? STICKERS[0]).mouth }),
    drawing('path', { class: 'ground', d: 'M14 92h84' }),
  );
}
