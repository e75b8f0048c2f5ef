import { useLayoutEffect, useMemo, useRef } from 'react';
import type { EditableUrl, UsageUrl } from './usage-url.js';

/**
 * The host's URL, changed one choice after the other. A router may render only after a second choice, in one element or
 * in two: each choice is added to what was set last, not to what was rendered last.
 */
export function useEditableUrl(url: UsageUrl | null): EditableUrl | null {
  const query = url?.params.toString() ?? '';
  const latest = useRef(query);
  const current = useRef(url);
  useLayoutEffect(() => {
    latest.current = query;
  }, [query]);
  useLayoutEffect(() => {
    current.current = url;
  }, [url]);
  const params = url?.params;
  return useMemo(() => {
    if (!params) return null;
    return {
      params,
      change: (edit) => {
        const next = new URLSearchParams(latest.current);
        const options = edit(next);
        latest.current = next.toString();
        current.current?.setParams(next, options);
      },
    };
  }, [params]);
}
