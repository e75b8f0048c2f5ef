import { BUDGETS_EVERY_STATE } from '@usage-kit/testing/fixtures/alerts';
import { html, type TemplateResult } from 'lit';
import { createRuleStories } from '../../test-support/rule-stories.js';
import { createStories, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Budget', component: 'usage-budget' };

const render = (): TemplateResult => html`<usage-budget></usage-budget>`;
const stories = createStories(render);
const rules = createRuleStories({
  render,
  renderReadOnly: () => html`<usage-budget read-only></usage-budget>`,
  ...{ create: 'createBudget', remove: 'deleteBudget' },
  fill: { name: 'Team', amount: '500' },
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

/** Used up and enforced, likely to run over, on track, unknown and off. */
export const EveryState: ElementStory = {
  render,
  parameters: { usage: { overrides: { getBudgets: () => Promise.resolve(BUDGETS_EVERY_STATE) } } },
};
