import { useSyncExternalStore } from 'react';

function listen(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}

const isVisible = () => document.visibilityState === 'visible';

/** Whether the tab can be seen. */
export const useIsVisible = (): boolean => useSyncExternalStore(listen, isVisible);

/** Whether the tab is what its operator looks at: it can be seen, and the keyboard is in its window. */
export const useIsInFront = (): boolean => useSyncExternalStore(listen, () => isVisible() && document.hasFocus());
