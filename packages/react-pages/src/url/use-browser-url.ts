import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { UsageUrl, UsageUrlOptions } from './usage-url.js';

const CHANGE_EVENT = 'usage-url-change';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGE_EVENT, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGE_EVENT, listener);
  };
}

/** The URL by the browser's own history, for a page without a router. */
export function useBrowserUrl(): UsageUrl {
  const search = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => '',
  );
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const setParams = useCallback((next: URLSearchParams, options: UsageUrlOptions = {}) => {
    const query = next.toString();
    const { pathname, hash } = window.location;
    const address = `${pathname}${query && `?${query}`}${hash}`;
    if (options.replace) window.history.replaceState(window.history.state, '', address);
    else window.history.pushState(null, '', address);
    window.dispatchEvent(new Event(CHANGE_EVENT));
  }, []);
  return useMemo(() => ({ params, setParams }), [params, setParams]);
}
