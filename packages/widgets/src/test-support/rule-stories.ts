import type { TemplateResult } from 'lit';
import { UsageRequestError } from '../client/usage-request-error.js';
import { find, getRoot, type ElementStory, type PlayContext } from './story.js';

/** What differs between the stories of alerts and of budgets. */
export interface RuleStoriesOptions {
  render: () => TemplateResult;
  renderReadOnly: () => TemplateResult;
  create: 'createAlert' | 'createBudget';
  remove: 'deleteAlert' | 'deleteBudget';
  /** What is typed into the form, by field. */
  fill: Readonly<Record<string, string>>;
}

const fail =
  (code: 'TOO_MANY_RULES' | 'SCOPE_FORBIDDEN' | 'NETWORK', status: number | null) =>
  (): Promise<never> =>
    Promise.reject(new UsageRequestError('No.', { code, status, retryable: status === null }));

/** Opens a form by a button. */
async function openForm(context: PlayContext, button = '[data-focus="new"]'): Promise<ShadowRoot> {
  const root = await getRoot(context);
  (await find(root, button)).click();
  await find(root, 'form');
  return root;
}

/** Clicks one thing after another, and waits for what is seen then. */
async function follow(root: ShadowRoot, buttons: readonly string[], seen: string): Promise<void> {
  for (const button of buttons) (await find(root, button)).click();
  await find(root, seen);
}

/** A form that is filled in and saved. @param seen what is seen then */
function createSaving(
  { render, create, fill }: RuleStoriesOptions,
  answer: () => Promise<void>,
  seen: string,
): ElementStory {
  return {
    render,
    parameters: { usage: { overrides: { [create]: answer } } },
    async play(context) {
      const root = await openForm(context);
      for (const [name, value] of Object.entries(fill)) {
        const field = await find<HTMLInputElement>(root, `form [name="${name}"]`);
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      await follow(root, ['[type="submit"]'], seen);
    },
  };
}

/** Stories of what a person does with rules: making, changing, deleting them, and what the server says to it. */
export function createRuleStories(
  options: RuleStoriesOptions,
): Record<
  | 'NewOne'
  | 'Changing'
  | 'WrongInput'
  | 'Saving'
  | 'SaveFailed'
  | 'TooManyRules'
  | 'Deleting'
  | 'NotAllowed'
  | 'ReadOnly',
  ElementStory
> {
  const { render, renderReadOnly, remove } = options;
  const saving = (answer: () => Promise<void>, seen: string): ElementStory =>
    createSaving(options, answer, seen);
  return {
    NewOne: { render, play: async (context) => void (await openForm(context)) },
    Changing: {
      render,
      play: async (context) => void (await openForm(context, '[data-focus="edit"]')),
    },
    WrongInput: {
      render,
      play: async (context) => follow(await openForm(context), ['[type="submit"]'], '.fault'),
    },
    Saving: saving(() => new Promise(() => undefined), '[type="submit"][aria-disabled="true"]'),
    SaveFailed: saving(fail('NETWORK', null), '.failure'),
    TooManyRules: saving(fail('TOO_MANY_RULES', 409), '.failure'),
    Deleting: {
      render,
      play: async (context) =>
        follow(await getRoot(context), ['[data-focus="delete"]'], '.confirm'),
    },
    NotAllowed: {
      render,
      parameters: { usage: { overrides: { [remove]: fail('SCOPE_FORBIDDEN', 403) } } },
      play: async (context) =>
        follow(
          await getRoot(context),
          ['[data-focus="delete"]', '[data-focus="confirm"]'],
          '.failure',
        ),
    },
    ReadOnly: { render: renderReadOnly },
  };
}
