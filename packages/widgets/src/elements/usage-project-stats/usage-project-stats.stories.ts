import { html, type TemplateResult } from 'lit';
import { createStories, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Project Stats', component: 'usage-project-stats' };

const render = (): TemplateResult =>
  html`<usage-project-stats app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"></usage-project-stats>`;
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

/** The project does not exist: the page puts a link back into the slot. */
export const NotFound: ElementStory = {
  render: () =>
    html`<usage-project-stats app-did="zNobody">
      <a slot="back" href="#/">Back to the dashboard</a>
    </usage-project-stats>`,
  parameters: { usage: { mode: 'not-found' } },
};

/** What is said while the attribute is missing. */
export const NoProject: ElementStory = {
  render: () => html`<usage-project-stats></usage-project-stats>`,
};
