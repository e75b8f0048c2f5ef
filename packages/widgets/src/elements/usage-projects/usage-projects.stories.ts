import { html, type TemplateResult } from 'lit';
import {
  createStories,
  choose,
  find,
  getRoot,
  waitFor,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Projects', component: 'usage-projects' };

const render = (): TemplateResult =>
  html`<usage-projects project-href="#/projects/{appDid}"></usage-projects>`;
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

/** Where a project is a line, one is opened: all of its figures. */
export const Opened: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part~="row"] .expand-cell button')).click();
    await find(root, '[part~="row"].expanded');
  },
};

/** What a search finds. */
export const Found: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await find(root, '[part="row"]');
    choose(await find<HTMLInputElement>(root, 'input[type="search"]'), 'report');
    await waitFor(() => root.querySelectorAll('[part="row"]').length === 1, 'one project');
  },
};

/** A search that finds nothing says for what. */
export const NotFound: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    choose(await find<HTMLInputElement>(root, 'input[type="search"]'), 'no such name');
    await waitFor(() => root.querySelector('.notice')?.textContent?.includes('no such') ?? false);
  },
};

/** The last page, sorted by name. */
export const LastPage: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, 'thead button')).click();
    await find(root, 'th[aria-sort="ascending"]');
    for (const page of ['21', '41']) {
      (await find(root, '.forth')).click();
      await waitFor(() => root.querySelector('.pager')?.textContent?.includes(`${page}–`) ?? false);
    }
  },
};

/** What calls cost in money. */
export const Money: ElementStory = {
  render: () => html`<usage-projects amounts="money"></usage-projects>`,
};

/** The same in a currency of the host's choice. */
export const ConvertedMoney: ElementStory = {
  render: () =>
    html`<usage-projects
      amounts="money"
      display-currency='{"currency":"EUR","rate":"0.92","date":"2026-11-28"}'
    ></usage-projects>`,
};
