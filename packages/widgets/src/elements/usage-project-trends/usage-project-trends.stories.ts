import { html, type TemplateResult } from 'lit';
import {
  createStories,
  choose,
  find,
  getRoot,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Project Trends', component: 'usage-project-trends' };

const render = (): TemplateResult =>
  html`<usage-project-trends
    app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
  ></usage-project-trends>`;
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

/** The same numbers as a table. */
export const Table: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="table-toggle"]')).click();
    await find(root, '[part="chart-table"] tbody tr');
  },
};

/** A point read with the keyboard. */
export const Point: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    choose(await find<HTMLInputElement>(root, '.chart-slider'), '12');
    await find(root, '[part="tooltip"]');
  },
};
