import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { runAfterFrame } from '../internal/frame-timer.js';
import type { EditableUrl, UsageUrl, UsageUrlOptions } from './usage-url.js';

/** A change that was made and that the router does not know yet. */
interface PendingChange {
  next: URLSearchParams;
  options: UsageUrlOptions;
  cancel: () => void;
}

/**
 * The host's URL, changed one choice after the other. A router may render only after a second choice, in one element or
 * in two: each choice is added to what was set last, not to what was rendered last.
 *
 * The router receives them after the next frame, all of one frame in one change: it renders the whole page, and the element that was
 * pressed shows its choice by itself.
 */
export function useEditableUrl(url: UsageUrl | null): EditableUrl | null {
  const query = url?.params.toString() ?? '';
  const latest = useRef(query);
  const current = useRef(url);
  const pending = useRef<PendingChange | null>(null);
  // What the router received and has not rendered yet, the oldest first.
  const sent = useRef<string[]>([]);
  useLayoutEffect(() => {
    // A query that was not sent is the host's own, e.g. after a step back.
    sent.current = sent.current.slice(sent.current.indexOf(query) + 1 || sent.current.length);
    if (pending.current === null && sent.current.length === 0) latest.current = query;
  }, [query]);
  useLayoutEffect(() => {
    current.current = url;
  }, [url]);
  // A page that is left writes nothing into the address of the next one.
  useEffect(
    () => () => {
      pending.current?.cancel();
      pending.current = null;
    },
    [],
  );
  const params = url?.params;
  return useMemo(() => {
    if (!params) return null;
    const tell = (): void => {
      const change = pending.current;
      pending.current = null;
      if (change === null) return;
      sent.current.push(change.next.toString());
      current.current?.setParams(change.next, change.options);
    };
    return {
      params,
      change: (edit) => {
        const next = new URLSearchParams(latest.current);
        const options = edit(next);
        latest.current = next.toString();
        const before = pending.current;
        pending.current = {
          next,
          options: before === null ? options : mergeOptions(before.options, options),
          cancel: before?.cancel ?? runAfterFrame(tell),
        };
      },
      leave: () => {
        pending.current?.cancel();
        pending.current = null;
        const params = new URLSearchParams(latest.current);
        latest.current = current.current?.params.toString() ?? '';
        return params;
      },
    };
  }, [params]);
}

/** Of two changes in one, the one that adds a history entry or scrolls decides. */
function mergeOptions(a: UsageUrlOptions, b: UsageUrlOptions): UsageUrlOptions {
  return {
    replace: a.replace === true && b.replace === true,
    preventScrollReset: a.preventScrollReset === true && b.preventScrollReset === true,
  };
}
