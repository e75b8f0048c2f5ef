import type { UsageViewState } from '@usage-kit/widgets';
import type { ReactElement } from 'react';
import { Section } from '../../components/section.js';
import { useView } from '../../url/use-view.js';
import { UsageCallHistory } from '../../wrappers/index.js';

/** What the call history of a page is of. */
export interface CallsSectionProps {
  /** Its view state, see {@link useCallsView}. */
  view: CallsView;
  appDid: string;
}

/** The view state of the call history, what changes it, and what binds the element to it. */
export type CallsView = ReturnType<typeof useView>;

const URL_PARAMETERS = {
  model: 'model',
  status: 'status',
  type: 'type',
  minDurationMs: 'minDurationMs',
  search: 'search',
  sort: 'sort',
  columns: 'columns',
  open: 'open',
};

const FILTER_NAMES: readonly string[] = ['search', 'model', 'status', 'type', 'minDurationMs'];

/** The view state of the call history, which other parts of the page change as well. */
export function useCallsView(): CallsView {
  return useView(URL_PARAMETERS);
}

/** Shows the calls that filters name, and takes the other filters away. */
export function showCalls([, setView]: CallsView, filters: UsageViewState): void {
  setView((before) => {
    const others = Object.entries(before).filter(([name]) => !FILTER_NAMES.includes(name));
    return { ...Object.fromEntries(others), ...filters };
  });
}

/** A project's calls. */
export function CallsSection({ appDid, view: [, , binding] }: CallsSectionProps): ReactElement {
  return (
    <Section>
      <UsageCallHistory appDid={appDid} {...binding} />
    </Section>
  );
}
