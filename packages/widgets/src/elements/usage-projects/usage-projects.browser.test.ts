import { expect } from '@open-wc/testing';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import { projectsFixture } from '@usage-kit/testing/fixtures/projects';
import { PROJECT } from '@usage-kit/testing/fixtures/totals';
import type { ProjectsParams } from '../../client/usage-client.js';
import type { UsageProjectSelectEvent } from '../../events/usage-project-select.js';
import { describeStates } from '../../../test/element-suite.js';
import { recordEvents, mount, update, type Mounted } from '../../../test/mount.js';
import type { UsageProjects } from './usage-projects.js';
import { waitUntil } from '../../test-support/wait-until.js';

const render = () => html`<usage-projects></usage-projects>`;

describeStates('usage-projects', {
  render,
  readyText: /Customer support assistant.*1–20 of 43/,
  readyTextZh: /Customer support assistant.*第 1–20 条，共 43 条/,
  emptyText: /No projects in this range/,
});

async function mountWithLog(): Promise<Mounted<UsageProjects> & { requests: ProjectsParams[] }> {
  const requests: ProjectsParams[] = [];
  const getProjects = (params: ProjectsParams) => {
    requests.push(params);
    return Promise.resolve(projectsFixture(params));
  };
  return {
    ...(await mount<UsageProjects>(render(), { overrides: { getProjects } })),
    requests: requests,
  };
}

const DOT = 'data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP8AACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';

describe('a logo', () => {
  const mountLogo = async (logoUrl: string) => {
    const getProjects = (params: ProjectsParams) => {
      const page = projectsFixture(params);
      return Promise.resolve({ ...page, items: [{ ...page.items[0]!, logoUrl }] });
    };
    const mounted = await mount<UsageProjects>(render(), { overrides: { getProjects } });
    const image = mounted.query<HTMLImageElement>('.logo img');
    return { logo: mounted.query('.logo'), image };
  };

  it('that does not load is the initial', async () => {
    const { logo, image } = await mountLogo('/no-such-logo.png');
    await waitUntil(() => image.complete, 'the end of loading');
    expect(logo.innerText.trim()).to.equal('C');
    expect(getComputedStyle(image).opacity).to.equal('0');
    expect(getComputedStyle(logo).color).not.to.equal('rgba(0, 0, 0, 0)');
  });

  it('is shown once it loaded, also where it did not before', async () => {
    const { logo, image } = await mountLogo('/no-such-logo.png');
    await waitUntil(() => image.complete, 'the end of loading');
    image.src = DOT;
    await waitUntil(() => getComputedStyle(image).opacity === '1', 'the logo');
    expect(getComputedStyle(logo).color).to.equal('rgba(0, 0, 0, 0)');
  });
});

describe('usage-projects', () => {
  it('sorts by a column and says so', async () => {
    const { element, requests: requests, queryAll } = await mountWithLog();
    const heading = (label: string) => queryAll('th').find((th) => th.textContent?.includes(label));
    expect(heading('Calls')?.getAttribute('aria-sort')).to.equal('descending');
    heading('Project')?.querySelector('button')?.click();
    await update(element);
    expect(requests.at(-1)).to.include({ sortBy: 'name', sortOrder: 'asc', page: 1 });
    expect(heading('Project')?.getAttribute('aria-sort')).to.equal('ascending');
    expect(heading('Calls')?.getAttribute('aria-sort')).to.equal('none');
    heading('Project')?.querySelector('button')?.click();
    await update(element);
    expect(requests.at(-1)).to.include({ sortOrder: 'desc' });
  });

  it('pages', async () => {
    const { element, query, text, requests: requests } = await mountWithLog();
    expect(query<HTMLButtonElement>('[aria-label="Previous page"]').disabled).to.equal(true);
    query('[aria-label="Next page"]').click();
    await update(element);
    expect(requests.at(-1)).to.include({ page: 2, pageSize: 20 });
    expect(text()).to.contain('21–40 of 43');
  });

  it('searches once for a burst of letters', async () => {
    const { element, query, requests: requests, text } = await mountWithLog();
    const input = query<HTMLInputElement>('input[type="search"]');
    for (const value of ['s', 'su', 'support']) {
      input.value = value;
      input.dispatchEvent(new Event('input'));
    }
    await new Promise((resolve) => {
      element.addEventListener('usage-load', resolve, { once: true });
    });
    await update(element);
    expect(requests.map(({ search }) => search)).to.deep.equal([undefined, 'support']);
    expect(text()).to.contain('1–1 of 1');
  });

  it('tells the page which project was opened, by name or by row', async () => {
    const { queryAll, query } = await mountWithLog();
    for (const target of [query('[part="project-link"]'), queryAll('tbody td')[1]]) {
      const events = await recordEvents<UsageProjectSelectEvent>(
        document,
        'usage-project-select',
        () => target?.click(),
      );
      expect(events.map(({ detail }) => detail.appDid)).to.deep.equal([PROJECT.appDid]);
    }
  });

  it('links to the page that the template names', async () => {
    const { query } = await mount(
      html`<usage-projects project-href="/p/{appDid}/x"></usage-projects>`,
    );
    expect(query<HTMLAnchorElement>('a[part="project-link"]').getAttribute('href')).to.equal(
      `/p/${PROJECT.appDid}/x`,
    );
  });

  it('turns rows into lines where it is narrow, and into cards with labels when they are opened', async () => {
    const { element, query } = await mountWithLog();
    element.style.setProperty('width', '560px');
    await update(element);
    expect(getComputedStyle(query('tbody td.col-calls .cell-label')).display).to.equal('none');
    expect(query('tbody tr').offsetHeight).to.be.below(60);
    query('tbody .expand-cell button').click();
    await update(element);
    expect(getComputedStyle(query('thead')).display).to.equal('none');
    expect(getComputedStyle(query('tbody td.col-calls .cell-label')).display).not.to.equal('none');
    expect(element.scrollWidth).to.be.at.most(560);
    await expectAccessible(element);
  });

  it('links to a project named .. by an address that the browser does not resolve away', async () => {
    const getProjects = (params: ProjectsParams) => {
      const page = projectsFixture(params);
      return Promise.resolve({ ...page, items: [{ ...page.items[0]!, appDid: '..' }] });
    };
    const { query } = await mount<UsageProjects>(
      html`<usage-projects project-href="/usage/projects/{appDid}"></usage-projects>`,
      { overrides: { getProjects } },
    );
    const link = query<HTMLAnchorElement>('[part~="project-link"]');
    expect(link.pathname).to.equal('/usage/projects/..%7F');
  });
});

describe('the drawings of rows', () => {
  const mountDrawn = async (): Promise<Mounted<UsageProjects>> => {
    const mounted = await mount<UsageProjects>(render());
    await waitUntil(() => mounted.queryAll('.sparkline').length === 20);
    return mounted;
  };
  const widthOf = (bar: Element | undefined): number =>
    Number(bar?.querySelector('rect')?.getAttribute('width')?.replace('%', ''));

  it('are a line a row with its words, and no style attribute', async () => {
    const { query, queryAll } = await mountDrawn();
    expect(query('.col-sparkline .sr-only').innerText).to.match(
      /^Calls: highest on \w{3} \d+, [\d,]+$/,
    );
    expect(queryAll('[style]')).to.deep.equal([]);
  });

  it('are shares of the entire account behind the sorted figure alone', async () => {
    const { element, query, queryAll } = await mountDrawn();
    const bars = queryAll('.share');
    expect(bars.map((bar) => bar.closest('td')?.className)).to.deep.equal(
      bars.map(() => query('tbody td.col-calls').className),
    );
    const list = projectsFixture({});
    const [first] = list.items;
    const share = (first?.totals.calls ?? 0) / list.totals.calls;
    expect(widthOf(bars[0])).to.be.closeTo(share * 100, 0.01);
    const sum = bars.reduce((all, bar) => all + widthOf(bar), 0);
    // Twenty of forty-three: the rest is on the other pages.
    expect(sum).to.be.below(100);
    expect(query('td.col-calls').textContent).to.match(/[\d.]+% of all projects’ [\d,]+/);
    element.viewState = { sort: '-successRate' };
    await update(element);
    expect(queryAll('.share')).to.deep.equal([]);
    expect(queryAll('.sparkline')).to.have.length(20);
    element.viewState = { sort: '-tokens' };
    await update(element);
    expect(query('.share').closest('td')?.className).to.contain('col-tokens');
    expect(query('.col-sparkline .sr-only').innerText).to.match(/^Tokens: highest/);
  });

  it('are left out where an older server sends none', async () => {
    const getProjects = (params: ProjectsParams) => {
      const list = projectsFixture({ ...params, sparkline: undefined });
      return Promise.resolve({ ...list, totals: undefined } as unknown as typeof list);
    };
    const { query, queryAll } = await mount<UsageProjects>(render(), {
      overrides: { getProjects },
    });
    await waitUntil(() => query('td.col-sparkline').innerText.includes('–'));
    expect(queryAll('.share, .sparkline')).to.deep.equal([]);
  });
});

describe('usage-projects on a phone', () => {
  it('shows a figure a row, the one that is sorted by, and all of them when asked', async () => {
    const { element, query, queryAll } = await mount<UsageProjects>(
      html`<usage-projects style="inline-size: 22rem"></usage-projects>`,
    );
    const shown = (): string[] =>
      [...query('tbody tr').querySelectorAll<HTMLElement>('td')]
        .filter((cell) => getComputedStyle(cell).display !== 'none')
        .map(({ className }) => /col-(\w+)/.exec(className)?.[1] ?? '');
    expect(shown()).to.deep.equal(['name', 'sparkline', 'calls', '']);
    const height = query('tbody tr').offsetHeight;
    expect(height).to.be.below(60);
    const [button] = queryAll('.expand-cell button');
    expect(button?.getAttribute('aria-label')).to.equal(
      'Show all figures of Customer support assistant',
    );
    button?.click();
    await update(element);
    expect(shown()).to.have.length(10);
    expect(button?.getAttribute('aria-expanded')).to.equal('true');
    await expectAccessible(element);
    button?.click();
    await update(element);
    expect(query('tbody tr').offsetHeight).to.equal(height);
    element.viewState = { sort: '-credits' };
    await update(element);
    expect(shown()).to.deep.equal(['name', 'sparkline', 'credits', '']);
  });
});
