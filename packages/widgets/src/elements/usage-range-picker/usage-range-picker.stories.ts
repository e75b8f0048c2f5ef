import { html, type TemplateResult } from 'lit';
import {
  createStories,
  choose,
  find,
  getRoot,
  waitFor,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Range Picker', component: 'usage-range-picker' };

const render = (): TemplateResult => html`<usage-range-picker></usage-range-picker>`;
const stories = createStories(render);

export const Ready = stories.Ready;

/** Opens the panel of two days. */
async function openPanel(root: ShadowRoot): Promise<void> {
  (await find(root, '[part="segments"] button:last-child')).click();
  await waitFor(() => root.activeElement?.localName === 'button', 'the focus on a day');
}

/** The panel of two days: fields to type in, months to click in. */
export const Custom: ElementStory = {
  render,
  async play(context) {
    await openPanel(await getRoot(context));
  },
};

/** The first day is chosen, the pointer is on another one. */
export const ChoosingTheLastDay: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await openPanel(root);
    (await find(root, '[data-day="2026-11-04"]')).click();
    (await find(root, '[data-day="2026-11-12"]')).dispatchEvent(new MouseEvent('mouseenter'));
    await find(root, '[data-day="2026-11-08"]:is(.between *)');
  },
};

/** Two days are the range: the choice says which. */
export const ChosenDays: ElementStory = {
  render: () => html`<usage-range-picker from="2026-11-01" to="2026-11-10"></usage-range-picker>`,
};

/** Two days in the wrong order. */
export const WrongOrder: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await openPanel(root);
    choose(await find<HTMLInputElement>(root, 'input[name="from"]'), '2026-11-20');
    choose(await find<HTMLInputElement>(root, 'input[name="to"]'), '2026-11-01');
    (await find(root, 'button[type="submit"]')).click();
    await waitFor(() => root.querySelector('.error') !== null, 'the reason');
  },
};
