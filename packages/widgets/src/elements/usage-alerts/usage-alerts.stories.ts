import { ALERTS_EVERY_STATE } from '@usage-kit/testing/fixtures/alerts';
import { PROJECT } from '@usage-kit/testing/fixtures/totals';
import { html, type TemplateResult } from 'lit';
import { createRuleStories } from '../../test-support/rule-stories.js';
import { createStories, find, getRoot, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Alerts', component: 'usage-alerts' };

const render = (): TemplateResult => html`<usage-alerts></usage-alerts>`;
const stories = createStories(render);
const rules = createRuleStories({
  render,
  renderReadOnly: () => html`<usage-alerts read-only></usage-alerts>`,
  ...{ create: 'createAlert', remove: 'deleteAlert' },
  fill: { name: 'Many errors', metric: 'errorRate', levels: '5, 20' },
});

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

export const NewOne = rules.NewOne;
export const Changing = rules.Changing;
export const WrongInput = rules.WrongInput;
export const Saving = rules.Saving;
export const SaveFailed = rules.SaveFailed;
export const TooManyRules = rules.TooManyRules;
export const Deleting = rules.Deleting;
export const NotAllowed = rules.NotAllowed;
export const ReadOnly = rules.ReadOnly;

/** New, seen, snoozed, on hold, calm, unknown and off, with the history of the first. */
export const EveryState: ElementStory = {
  render: () => html`<usage-alerts max-items="10"></usage-alerts>`,
  parameters: { usage: { overrides: { getAlerts: () => Promise.resolve(ALERTS_EVERY_STATE) } } },
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '.history summary')).click();
  },
};

/** Five of seven. */
export const More: ElementStory = { ...EveryState, render };

/** The rules of one project, whose name is on the page already. */
export const OfProject: ElementStory = {
  render: () => html`<usage-alerts app-did=${PROJECT.appDid}></usage-alerts>`,
};

/** No rule watches the project. */
export const NoneOfProject: ElementStory = {
  render: () => html`<usage-alerts app-did="another"></usage-alerts>`,
};
