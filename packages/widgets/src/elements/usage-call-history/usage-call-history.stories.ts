import { createCall, projectCallsFixture } from '@usage-kit/testing/fixtures/project-calls';
import { currentWorld } from '@usage-kit/testing/world';
import { html, type TemplateResult } from 'lit';
import {
  createStories,
  choose,
  find,
  getRoot,
  waitFor,
  type ElementStory,
  type PlayContext,
} from '../../test-support/story.js';

export default { title: 'Elements/Call History', component: 'usage-call-history' };

const render = (): TemplateResult =>
  html`<usage-call-history app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"></usage-call-history>`;
const stories = createStories(render);

export const Ready = stories.Ready;
export const Loading = stories.Loading;
export const Empty = stories.Empty;
export const Failed = stories.Failed;
export const FailedOverOldData = stories.FailedOverOldData;
export const SignedOut = stories.SignedOut;
export const Forbidden = stories.Forbidden;
export const RateLimited = stories.RateLimited;
export const Offline = stories.Offline;
export const OfflineOverOldData = stories.OfflineOverOldData;

/** Opens the call of the first row that a selector names. */
async function openCall(context: PlayContext, row: string): Promise<ShadowRoot> {
  const root = await getRoot(context);
  (await find(root, `${row} .expand`)).click();
  await find(root, 'dialog[open] [part="detail"]');
  return root;
}

/** All fields of a call in a drawer, with its identifiers and metadata; arrow keys go on to the next. */
export const Opened: ElementStory = {
  render,
  async play(context) {
    const root = await openCall(context, '[part="row"]:nth-of-type(5)');
    await find(root, '[part="detail"] pre');
  },
};

/** Why a call failed. */
export const OpenedFailure: ElementStory = {
  render,
  async play(context) {
    const root = await openCall(context, '.failed-row');
    await find(root, '[part="detail"] [part="error-reason"]');
  },
};

/** A call in progress, whose figures are not known yet. */
export const OpenedRunning: ElementStory = {
  render,
  async play(context) {
    await openCall(context, '[part="row"]');
  },
};

/** What a call cost and who named it, where amounts are money. */
export const OpenedInMoney: ElementStory = {
  render: () =>
    html`<usage-call-history
      app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
      amounts="money"
    ></usage-call-history>`,
  async play(context) {
    await openCall(context, '[part="row"]:nth-of-type(5)');
  },
};

/** Calls came meanwhile: the rows that are read stay where they are. */
export const NewCalls: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await find(root, '[part="row"]');
    const world = currentWorld();
    world.change('ok', {
      getProjectCalls: (_appDid, params) => {
        const page = projectCallsFixture(params);
        const fresh = [-1, -2, -3].map((index) => ({ ...createCall(2), id: `call-new${index}` }));
        return Promise.resolve({ ...page, items: [...fresh, ...page.items].slice(0, 25) });
      },
    });
    await world.ports.advance(31_000);
    await find(root, '[part="new-calls"]');
  },
};

/** Opens the sheet with the filters where the element is narrow. */
async function openFilters(root: ShadowRoot): Promise<void> {
  const toggle = await find(root, '.filters-toggle');
  if (toggle.getClientRects().length === 0) return;
  toggle.click();
  await waitFor(() => root.querySelector('.sheet')?.matches(':modal') === true, 'the sheet');
}

/** Opens the menu of a filter and ticks the values at some places. */
async function chooseValues(
  root: ShadowRoot,
  filter: string,
  places: readonly number[],
): Promise<void> {
  (await find(root, `[data-filter="${filter}"]`)).click();
  await find(root, '.values-panel .value-calls');
  const rows = [...root.querySelectorAll<HTMLElement>('.values-panel label')];
  for (const place of places) rows[place]?.click();
  root.querySelector<HTMLElement>('.values-panel')?.hidePopover();
}

/** The menu of a filter: its values with the calls that each lists under the other filters. */
export const ChoosingValues: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await find(root, '[part="row"]');
    await openFilters(root);
    (await find(root, '[data-filter="model"]')).click();
    await find(root, '.values-panel .value-calls');
    (await find(root, '.values-panel label:nth-of-type(2) input')).click();
    await find(root, '.values-panel .link');
  },
};

/** Filters as chips that can be removed. */
export const Filtered: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await openFilters(root);
    await chooseValues(root, 'status', [1, 2]);
    await waitFor(() => root.querySelector('.failed-row') !== null, 'a failed call');
    choose(await find<HTMLSelectElement>(root, '.filter select'), '1000');
    await waitFor(() => root.querySelectorAll('.filter-chip').length === 3, 'three chips');
    root.querySelector<HTMLElement>('[part="filter-done"]')?.click();
    await waitFor(() => root.querySelector('.sheet') === null, 'the end of the sheet');
  },
};

/** The filters of a narrow element, in a sheet. */
export const OpenFilters: ElementStory = {
  render: () =>
    html`<usage-call-history
      style="max-inline-size: 24rem"
      app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
    ></usage-call-history>`,
  async play(context) {
    const root = await getRoot(context);
    await find(root, '[part="row"]');
    await openFilters(root);
  },
};

/** A search that finds nothing says so, and how to get out. */
export const NothingFound: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await find(root, '[part="row"]');
    choose(await find<HTMLInputElement>(root, '.search input'), 'no-such-call');
    await find(root, '[part="notice"] .button');
  },
};

/** The menu of columns. */
export const ChoosingColumns: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await find(root, '[part="row"]');
    (await find(root, '.columns-button')).click();
    (await find(root, '.columns-panel label:nth-of-type(2) input')).click();
    await find(root, '[part="columns-reset"]');
  },
};

/** Every column; where they are wider than the card, the table scrolls. */
export const AllColumns: ElementStory = {
  render: () =>
    html`<usage-call-history
      app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
      .viewState=${{
        columns: 'time,id,traceId,model,provider,type,tokens,duration,firstToken,cost',
      }}
    ></usage-call-history>`,
};

/** The automatic refresh is paused (WCAG 2.2.2). */
export const Paused: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    choose(await find<HTMLSelectElement>(root, '[part="poll"] select'), 'paused');
    await waitFor(() => currentWorld().store.pollRate === 'paused', 'the pause');
  },
};
