import { html, type TemplateResult } from 'lit';
import { createStories, find, getRoot, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Project Failures', component: 'usage-project-failures' };

const render = (): TemplateResult =>
  html`<usage-project-failures
    app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
  ></usage-project-failures>`;
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

/** With the reasons that are rare. */
export const All: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="more"]')).click();
    await find(root, '[part="failure"]:nth-child(6)');
  },
};
