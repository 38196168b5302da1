// @ts-check
/**
 * An element with properties and children. Text is only ever text: what people write cannot become markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] `on…` listens, `data`, `aria` and `attributes` set attributes
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  const { attributes = {}, ...own } = properties;
  Object.assign(made, own);
  for (const [name, value] of Object.entries(/** @type {Record<string, string | undefined>} */ (attributes))) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** @param {string} id an element that the page has @returns {any} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found;
}

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} tag @param {Record<string, string>} attributes @param {...Element} children */
export function drawing(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {string} name one of the page's symbols */
export const icon = (name) => drawing('svg', { class: 'icon' }, drawing('use', { href: `#icon-${name}` }));

/**
 * Makes `list` show exactly `nodes`, touching only what differs: focus, loaded pictures and what a
 * screen reader has already read stay as they are.
 *
 * @param {Element} list @param {readonly Node[]} nodes
 */
export function show(list, nodes) {
  const wanted = new Set(nodes);
  const unwanted = Array.from(list.childNodes).filter((child) => !wanted.has(child));
  for (const child of unwanted) child.remove();
  nodes.forEach((node, index) => {
    if (list.childNodes[index] !== node) list.insertBefore(node, list.childNodes[index] ?? null);
  });
}
