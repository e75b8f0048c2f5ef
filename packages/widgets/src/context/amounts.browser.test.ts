import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { createMockClient } from '@usage-kit/testing/mock-client';
import type { ProjectsParams } from '../client/usage-client.js';
import { mount, update } from '../../test/mount.js';
import type { UsageProjects } from '../elements/usage-projects/usage-projects.js';
import type { UsageTrends } from '../elements/usage-trends/usage-trends.js';

const APP = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const EUROS = { currency: 'EUR', rate: 0.92, date: '2026-11-28' };

describe('amounts of a page', () => {
  it('go from the provider to everything below, and from an element over those', async () => {
    const { element, provider, text } = await mount(html`<usage-overview></usage-overview>`);
    expect(text()).to.contain('Credits').and.not.contain('$');
    provider.amounts = 'money';
    await update(element);
    expect(text()).to.contain('Cost $1,610').and.not.contain('Credits');
    element.setAttribute('amounts', 'credits');
    await update(element);
    expect(text()).to.contain('Credits').and.not.contain('$');
    element.setAttribute('amounts', 'gold');
    await update(element);
    expect(text()).to.contain('Credits').and.not.contain('$');
  });

  it('are converted by a rate that can be JSON in an attribute', async () => {
    const { element, provider, text } = await mount(
      html`<usage-overview amounts="money"></usage-overview>`,
    );
    provider.setAttribute('display-currency', JSON.stringify(EUROS));
    await update(element);
    expect(text()).to.match(/≈ €1,481.*at 0\.92 EUR on Nov 28, 2026/);
  });

  it('are the column, the sorting and the link of the projects', async () => {
    const asked: (string | undefined)[] = [];
    const client = createMockClient('ok');
    const getProjects = (params: ProjectsParams = {}) => {
      asked.push(params.sortBy);
      return client.getProjects(params);
    };
    const { element, provider, queryAll, text } = await mount<UsageProjects>(
      html`<usage-projects amounts="money"></usage-projects>`,
      { overrides: { getProjects } },
    );
    const heading = queryAll('th').find((node) => node.textContent?.includes('Cost'));
    heading?.querySelector('button')?.click();
    await update(element);
    expect(asked.at(-1)).to.equal('cost');
    expect(element.viewState['sort']).to.match(/^-?cost$/);
    expect(text()).to.contain('$').and.not.contain('Credits');
    provider.displayCurrency = EUROS;
    await update(element);
    expect(text()).to.contain('≈ €');
    expect(heading?.title).to.equal('at 0.92 EUR on Nov 28, 2026');
    element.setAttribute('amounts', 'credits');
    await update(element);
    expect(asked.at(-1)).to.equal('credits');
  });

  it('are the figure, the table and the legend of the trend', async () => {
    const { element, text } = await mount<UsageTrends>(
      html`<usage-trends amounts="money" metric="credits"></usage-trends>`,
    );
    element.displayCurrency = EUROS;
    await update(element);
    expect(text()).to.contain('Cost · By day · at 0.92 EUR on Nov 28, 2026');
    element.viewState = { metric: 'cost', table: 'true' };
    await update(element);
    expect(text()).to.contain('≈ €').and.not.contain('Credits');
  });

  it('are those of a project’s figures, models and calls', async () => {
    const stats = await mount(
      html`<usage-project-stats amounts="money" app-did=${APP}></usage-project-stats>`,
    );
    expect(stats.text()).to.contain('Cost $').and.not.contain('Credits');
    const calls = await mount(
      html`<usage-call-history amounts="money" app-did=${APP}></usage-call-history>`,
    );
    expect(calls.text()).to.contain('Cost').and.contain('$0.00');
    const models = await mount<UsageTrends>(
      html`<usage-project-models amounts="money" app-did=${APP}></usage-project-models>`,
    );
    models.element.viewState = { table: 'true' };
    await update(models.element);
    expect(models.text()).to.contain('Cost').and.contain('$').and.not.contain('Credits');
  });
});
