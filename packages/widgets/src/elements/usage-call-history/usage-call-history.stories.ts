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

/** Rows that are open: metadata, identifiers, and why a call failed. */
export const Opened: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    const third = await find(root, '[part="row"]:nth-of-type(3)');
    third.querySelector<HTMLElement>('.expand')?.click();
    await find(root, '[part="detail"] pre');
    const row = await find(root, '.failed-row');
    row.querySelector<HTMLElement>('.expand')?.click();
    await find(root, '[part="detail"] [part="error-reason"]');
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

/** The filters where they are behind a button. */
export const Filtered: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '.filters-toggle')).click();
    choose(await find<HTMLSelectElement>(root, '.filter:nth-of-type(2) select'), 'failed');
    await waitFor(() => root.querySelector('.failed-row') !== null, 'a failed call');
  },
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
