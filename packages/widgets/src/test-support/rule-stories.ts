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
  const { render, renderReadOnly, create, remove, fill } = options;
  const open = async (context: PlayContext, button = '[data-focus="new"]'): Promise<ShadowRoot> => {
    const root = await getRoot(context);
    (await find(root, button)).click();
    await find(root, 'form');
    return root;
  };
  const save = async (context: PlayContext): Promise<ShadowRoot> => {
    const root = await open(context);
    for (const [name, value] of Object.entries(fill)) {
      const field = await find<HTMLInputElement>(root, `form [name="${name}"]`);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    (await find(root, '[type="submit"]')).click();
    return root;
  };
  const saving = (overrides: object, seen: string): ElementStory => ({
    render,
    parameters: { usage: { overrides } },
    async play(context) {
      await find(await save(context), seen);
    },
  });
  return {
    NewOne: { render, play: async (context) => void (await open(context)) },
    Changing: {
      render,
      play: async (context) => void (await open(context, '[data-focus="edit"]')),
    },
    WrongInput: {
      render,
      async play(context) {
        const root = await open(context);
        (await find(root, '[type="submit"]')).click();
        await find(root, '.fault');
      },
    },
    Saving: saving(
      { [create]: () => new Promise(() => undefined) },
      '[type="submit"][aria-disabled="true"]',
    ),
    SaveFailed: saving({ [create]: fail('NETWORK', null) }, '.failure'),
    TooManyRules: saving({ [create]: fail('TOO_MANY_RULES', 409) }, '.failure'),
    Deleting: {
      render,
      async play(context) {
        const root = await getRoot(context);
        (await find(root, '[data-focus="delete"]')).click();
        await find(root, '.confirm');
      },
    },
    NotAllowed: {
      render,
      parameters: { usage: { overrides: { [remove]: fail('SCOPE_FORBIDDEN', 403) } } },
      async play(context) {
        const root = await getRoot(context);
        (await find(root, '[data-focus="delete"]')).click();
        (await find(root, '[data-focus="confirm"]')).click();
        await find(root, '.failure');
      },
    },
    ReadOnly: { render: renderReadOnly },
  };
}
