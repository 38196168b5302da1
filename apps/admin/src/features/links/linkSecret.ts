/**
 * The secret that a link carries behind its `#`. It leaves the address bar, and with it the history and every copy of the
 * address, before anything is shown or asked. Kept by this page alone, until another one of its kind is opened.
 */
let held = { page: '', secret: '' };

export function takeLinkSecret(): string {
  const secret = location.hash.slice(1);
  if (secret !== '') {
    held = { page: location.pathname, secret };
    history.replaceState(history.state, '', location.pathname);
  }
  return held.page === location.pathname ? held.secret : '';
}
