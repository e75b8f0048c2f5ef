import { html, type TemplateResult } from 'lit';
import { createStories } from '../../test-support/story.js';

export default { title: 'Elements/Range Picker', component: 'usage-range-picker' };

const render = (): TemplateResult => html`<usage-range-picker></usage-range-picker>`;
const stories = createStories(render);

export const Ready = stories.Ready;
export const Narrow = stories.Narrow;
export const Dark = stories.Dark;
