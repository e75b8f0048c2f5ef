import { html } from 'lit';
import { projectCallsFixture } from '@usage-kit/testing/fixtures/project-calls';
import type { CallsParams } from '../src/client/usage-client.js';
import type { UsageCallHistory } from '../src/elements/usage-call-history/usage-call-history.js';
import { waitUntil } from '../src/test-support/wait-until.js';
import { mount, update, type Mounted } from './mount.js';

/** A call history with what its tests look at. */
export interface FilteredCalls extends Mounted<UsageCallHistory> {
  requests: CallsParams[];
  chips: () => string[];
  /** Types into the search, and waits until it is sent. */
  search: (text: string) => Promise<void>;
}

/** Mounts a call history in a view state, and waits for its chips. */
export async function mountFiltered(
  viewState: Record<string, string> = {},
): Promise<FilteredCalls> {
  const requests: CallsParams[] = [];
  const mounted = await mount<UsageCallHistory>(
    html`<usage-call-history app-did="p" .viewState=${viewState}></usage-call-history>`,
    {
      overrides: {
        getProjectCalls: (_appDid, params) => {
          requests.push(params);
          return Promise.resolve(projectCallsFixture(params));
        },
      },
    },
  );
  const { element } = mounted;
  const isFiltered = Object.keys(element.viewState).some((name) => name !== 'columns');
  if (isFiltered) await waitUntil(() => mounted.queryAll('.filter-chip').length > 0, 'the chips');
  return {
    ...mounted,
    requests,
    chips: () => mounted.queryAll('.filter-chip').map((chip) => chip.innerText.trim()),
    search: async (text) => {
      const input = mounted.query<HTMLInputElement>('.search input');
      input.value = text;
      input.dispatchEvent(new Event('input'));
      await waitUntil(
        () => mounted.element.viewState['search'] === (text.trim() || undefined),
        'it',
      );
      await waitUntil(() => text === '' || mounted.queryAll('.filter-chip').length > 0, 'the chip');
      await update(mounted.element);
    },
  };
}

/** Opens the menu of a filter, and waits for its counts. @returns each value's row */
export async function openValues(mounted: FilteredCalls, filter: string): Promise<HTMLElement[]> {
  mounted.query(`[data-filter="${filter}"]`).click();
  const isOpen = (): boolean =>
    mounted.element.shadowRoot?.querySelector('.values-panel')?.matches(':popover-open') === true;
  await waitUntil(
    () => isOpen() && mounted.queryAll('.values-panel .value-calls').length > 0,
    filter,
  );
  await update(mounted.element);
  return mounted.queryAll('.values-panel label');
}

/** A row of a menu as it is read. */
export const toRowText = (row: HTMLElement): string =>
  [...row.querySelectorAll<HTMLElement>('.value, .value-calls')]
    .map(({ innerText }) => innerText.trim())
    .join(' ');
