import { html, type TemplateResult } from 'lit';
import {
  createStories,
  createTableStory,
  find,
  getRoot,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Activity', component: 'usage-activity' };

const render = (): TemplateResult => html`<usage-activity></usage-activity>`;
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

/** The same figures as a table: hours below each other, days next to each other. */
export const Table: ElementStory = createTableStory(render);

/** An hour read with the keyboard. */
export const Hour: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    const heat = await find(root, '.heat');
    (await find(root, '.cell[tabindex="0"]')).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) {
      heat.dispatchEvent(new KeyboardEvent('keydown', { key }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  },
};

/** Another figure. */
export const SuccessRate: ElementStory = {
  render: () => html`<usage-activity metric="successRate"></usage-activity>`,
};
