import { html, type TemplateResult } from 'lit';
import {
  createStories,
  createPointStory,
  createTableStory,
  find,
  getRoot,
  waitFor,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Trends', component: 'usage-trends' };

const render = (): TemplateResult => html`<usage-trends></usage-trends>`;
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

/** The same numbers as a table, one press away. */
export const Table: ElementStory = createTableStory(render);

/** A point read with the keyboard: its figures are in the tooltip. */
export const Point: ElementStory = createPointStory(render);

/** Another figure. */
export const SuccessRate: ElementStory = {
  render: () => html`<usage-trends metric="successRate"></usage-trends>`,
};

/** Stacked by model: what is in none of the largest is one group more. */
export const ByModel: ElementStory = {
  render: () => html`<usage-trends group-by="model"></usage-trends>`,
};

/** A figure that is no sum: a line for each group. */
export const DurationByProvider: ElementStory = {
  render: () => html`<usage-trends group-by="provider" metric="p95Duration"></usage-trends>`,
};

/** With the period before as a dotted line. */
export const Compared: ElementStory = {
  render: () => html`<usage-trends compare></usage-trends>`,
};

/** By project and compared, one group hidden, a point read with the keyboard. */
export const GroupHidden: ElementStory = {
  render: () => html`<usage-trends group-by="project" compare></usage-trends>`,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="group-toggle"]')).click();
    (await find(root, '.chart-slider')).focus();
  },
};

/** The groups as a table. */
export const TableByModel: ElementStory = createTableStory(
  () => html`<usage-trends group-by="model" compare></usage-trends>`,
);

/** A week: by hour. */
export const ByHour: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="segments"] button')).click();
    const hours = 6 * 24;
    await waitFor(() => Number(root.querySelector<HTMLInputElement>('.chart-slider')?.max) > hours);
  },
};

/** A typing error in an attribute. */
export const UnreadableRange: ElementStory = {
  render: () => html`<usage-trends from="yesterday"></usage-trends>`,
};

/** What calls cost in money. */
export const Money: ElementStory = {
  render: () => html`<usage-trends amounts="money" metric="cost"></usage-trends>`,
};

/** The same in a currency of the host's choice. */
export const ConvertedMoney: ElementStory = {
  render: () =>
    html`<usage-trends
      amounts="money"
      metric="cost"
      display-currency='{"currency":"EUR","rate":"0.92","date":"2026-11-28"}'
    ></usage-trends>`,
};
