import type { UsageViewState } from '@usage-kit/widgets';
import { useLayoutEffect, useRef, useState } from 'react';
import { useViewInUrl, type ViewBinding, type ViewParams } from './usage-url.js';

/** Makes the next view state from the one before. */
export type ViewChange = (before: UsageViewState) => UsageViewState;

/**
 * The view state of an element that the page can change as well: stored in the URL where there is one, else in the page.
 *
 * @param names names of URL parameters by the member of the view state that they store
 * @returns the state, a function that changes it, and the properties that bind the element to it
 */
export function useView(
  names: ViewParams,
): [UsageViewState, (change: ViewChange) => void, Required<ViewBinding>] {
  const inUrl = useViewInUrl(names);
  const [own, setOwn] = useState<UsageViewState>({});
  const { viewState = own, setViewState = setOwn } = inUrl;
  // A router may render only after a second choice: the second choice must not take the first one back.
  const key = JSON.stringify(viewState);
  const latest = useRef(viewState);
  // Shown until the router has rendered it.
  const [chosen, setChosen] = useState<UsageViewState | null>(null);
  useLayoutEffect(() => {
    latest.current = JSON.parse(key) as UsageViewState;
    setChosen(null);
  }, [key]);
  const set = (next: UsageViewState): void => {
    latest.current = next;
    setChosen(next);
    setViewState(next);
  };
  const shown = chosen ?? viewState;
  const onUsageViewChange: Required<ViewBinding>['onUsageViewChange'] = ({ detail }) => {
    set(detail.viewState);
  };
  return [
    shown,
    (change) => {
      set(change(latest.current));
    },
    { viewState: shown, onUsageViewChange },
  ];
}
