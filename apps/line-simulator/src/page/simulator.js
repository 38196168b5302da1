// @ts-check
/** The simulator refused; the message is its reason. */
export class Refused extends Error {}

/**
 * @param {string} method @param {string} path under /_sim @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  const response = await fetch(`/_sim${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.message ?? `The simulator answered ${response.status}`);
  return answer;
}

/** @param {{ channelId: string, userId: string }} chat */
export const chatPath = ({ channelId, userId }) => `/channels/${encodeURIComponent(channelId)}/people/${userId}`;

/**
 * Listens for what changes. `onNews` hears each piece; `onBack` is called whenever the line is up again
 * (and at first), as anything may have changed meanwhile; `onLost` when it breaks.
 *
 * @param {{ onNews: (news: any) => void, onBack: () => void, onLost: () => void }} listeners
 */
export function listen({ onNews, onBack, onLost }) {
  const source = new EventSource('/_sim/events');
  source.addEventListener('open', onBack);
  source.addEventListener('error', onLost);
  source.addEventListener('message', ({ data }) => onNews(JSON.parse(data)));
}
