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

/** Two days of one's own. */
export const Custom: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="segments"] button:last-child')).click();
    await find(root, 'input[name="from"]');
  },
};

/** Two days in the wrong order. */
export const WrongOrder: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="segments"] button:last-child')).click();
    choose(await find<HTMLInputElement>(root, 'input[name="from"]'), '2026-11-20');
    choose(await find<HTMLInputElement>(root, 'input[name="to"]'), '2026-11-01');
    (await find(root, 'button[type="submit"]')).click();
    await waitFor(() => root.querySelector('.error')?.textContent?.trim() !== '', 'the reason');
  },
};
