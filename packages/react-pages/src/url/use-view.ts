import type { UsageViewState } from '@usage-kit/widgets';
import { useState } from 'react';
import { useViewInUrl, type ViewBinding, type ViewChange, type ViewParams } from './usage-url.js';

/**
 * What is chosen inside an element, for a page that has a part in the choosing: kept in the URL where there is one, else
 * in the page.
 *
 * @param names members of the view state by the parameter that holds them
 * @returns the state, what changes it, and what binds the element to it
 */
export function useView(
  names: ViewParams,
): [UsageViewState, (change: ViewChange) => void, Required<ViewBinding>] {
  const inUrl = useViewInUrl(names);
  const [own, setOwn] = useState<UsageViewState>({});
  const { viewState = own, setViewState = setOwn } = inUrl;
  const onUsageViewChange: Required<ViewBinding>['onUsageViewChange'] = ({ detail }) => {
    setViewState(() => detail.viewState);
  };
  return [viewState, setViewState, { viewState, onUsageViewChange }];
}
