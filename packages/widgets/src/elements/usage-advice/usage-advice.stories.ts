import { html, type TemplateResult } from 'lit';
import { ADVICE, ADVICE_DONE } from '@usage-kit/testing/fixtures/advice';
import { createStories, find, getRoot, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Advice', component: 'usage-advice' };

const render = (): TemplateResult =>
  html`<usage-advice project-href="/usage/projects/{appDid}"></usage-advice>`;
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

/** What was done, with what it saved, and what was dismissed. */
export const DoneAndDismissed: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '.settled summary')).click();
  },
  parameters: { usage: { overrides: { getAdvice: () => Promise.resolve(ADVICE_DONE) } } },
};

/** The arithmetic of the first piece. */
export const Arithmetic: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '.arithmetic summary')).click();
    await find(root, '.arithmetic table');
  },
};

/** Just dismissed: it stays where it is until the next response, and can be taken back. */
export const JustDismissed: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '.choices button + button')).click();
    await find(root, '.closed');
  },
};

/** The server did not store it. */
export const ChangeFailed: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '.choices button')).click();
    await find(root, '.failure:not(:empty)');
  },
  parameters: {
    usage: { overrides: { setAdviceState: () => Promise.reject(new Error('No connection')) } },
  },
};

/** Some kinds were not looked at. */
export const Partly: ElementStory = {
  render,
  parameters: {
    usage: {
      overrides: {
        getAdvice: () =>
          Promise.resolve({
            ...ADVICE,
            items: ADVICE.items.slice(1, 3),
            unavailable: [
              { kind: 'priceDifference', reason: 'noAlternatives' },
              { kind: 'expiringGrants', reason: 'noAnswer' },
            ],
          }),
      },
    },
  },
};
