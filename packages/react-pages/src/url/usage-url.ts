import { createContext, useContext } from 'react';
import type { UsageViewChangeEvent, UsageViewState } from '@usage-kit/widgets';
import type { UsageRange } from '../provider/usage-range.js';

/** How a change of the URL is made. */
export interface UsageUrlOptions {
  /** Replaces the current history entry instead of adding one, so that the back button does not undo single letters. */
  replace?: boolean;
  /** The page stays where it is scrolled to; react-router's name for it. */
  preventScrollReset?: boolean;
}

/** The query of the page's URL, by the host's router. What react-router's `useSearchParams` gives fits as it is. */
export interface UsageUrl {
  params: URLSearchParams;
  setParams: (next: URLSearchParams, options?: UsageUrlOptions) => void;
}

/** A URL whose parameters are changed one choice after the other, see `useEditableUrl`. */
export interface EditableUrl {
  /** As they were rendered. */
  params: URLSearchParams;
  /** Changes a copy of the parameters as they were set last. `edit` says how the change is made. */
  change: (edit: (params: URLSearchParams) => UsageUrlOptions) => void;
  /**
   * The parameters as they were set last, for an address of another page. A change that the router does not know yet is dropped,
   * or it would be written into that page's address.
   */
  leave: () => URLSearchParams;
}

/** The URL of the nearest `UsageProvider`; `null` where it has none, and nothing is stored in the address. */
export const UsageUrlContext = createContext<EditableUrl | null>(null);

/** The range that a URL names, `null` when it names none. */
export function readRange(url: Pick<UsageUrl, 'params'> | null): UsageRange | null {
  const from = url?.params.get('from');
  return from ? { from, to: url?.params.get('to') ?? '' } : null;
}

/** Writes a range into the parameters. */
export function writeRange(params: URLSearchParams, range: UsageRange): void {
  params.set('from', range.from);
  if (range.to) params.set('to', range.to);
  else params.delete('to');
}

/** `?from=…` for a link to the other page, which shows the same range; empty when the URL names none. */
export function useRangeQuery(): string {
  return toRangeQuery(useContext(UsageUrlContext));
}

/** Gives the same for a page that is opened now, however late the router renders the range that was set last. */
export function useLeave(): () => string {
  const url = useContext(UsageUrlContext);
  return () => toRangeQuery(url && { params: url.leave() });
}

function toRangeQuery(url: Pick<UsageUrl, 'params'> | null): string {
  const range = readRange(url);
  if (!range) return '';
  const params = new URLSearchParams();
  writeRange(params, range);
  return `?${params.toString()}`;
}

/** Names of URL parameters by the member of the view state that they store. */
export type ViewParams = Readonly<Record<string, string>>;

/** Properties that bind an element's view state to the URL; empty without a URL. */
export interface ViewBinding {
  viewState?: UsageViewState;
  onUsageViewChange?: (event: UsageViewChangeEvent) => void;
}

/** Members whose changes replace the history entry, because the back button should not stop at them. */
const REPLACING_MEMBERS = new Set(['search', 'open', 'table']);

/** A view state that is stored in the URL. */
export interface ViewInUrl {
  viewState: UsageViewState;
  setViewState: (next: UsageViewState) => void;
}

/** The view state in the URL and its setter; empty without a URL. */
export function useViewInUrl(names: ViewParams): Partial<ViewInUrl> {
  const url = useContext(UsageUrlContext);
  if (!url) return {};
  const viewState = readView(url.params, names);
  const setViewState = (next: UsageViewState): void => {
    url.change((params) => {
      const before = readView(params, names);
      writeView(params, names, next);
      const changed = Object.keys(names).filter((name) => before[name] !== next[name]);
      return {
        replace: changed.every((name) => REPLACING_MEMBERS.has(name)),
        preventScrollReset: true,
      };
    });
  };
  return { viewState, setViewState };
}

/** Stores what a person chooses inside an element in the URL, and restores it from there. */
export function useElementInUrl(names: ViewParams): ViewBinding {
  const { viewState, setViewState } = useViewInUrl(names);
  if (!viewState || !setViewState) return {};
  return {
    viewState,
    onUsageViewChange: ({ detail }) => {
      setViewState(detail.viewState);
    },
  };
}

function readView(params: URLSearchParams, names: ViewParams): UsageViewState {
  const entries = Object.entries(names).map(([name, key]) => [name, params.get(key)] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function writeView(params: URLSearchParams, names: ViewParams, state: UsageViewState): void {
  for (const [name, key] of Object.entries(names)) {
    const value = state[name];
    if (value) params.set(key, value);
    else params.delete(key);
  }
}
