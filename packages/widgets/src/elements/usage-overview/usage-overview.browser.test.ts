import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update } from '../../../test/mount.js';

const render = () => html`<usage-overview></usage-overview>`;

describeStates('usage-overview', {
  render,
  readyText:
    /Calls 184K 40 projects · 9 models \+12\.4%.*Success rate 97\.9% \d+K successful · 3,\d+ failed/,
  readyTextZh: /调用次数 18\.4万.*成功率 97\.9% 成功 .+ · 失败/,
  emptyText: /No calls in this range/,
});

describe('usage-overview', () => {
  it('has the exact figure in the title', async () => {
    const { query } = await mount(render());
    expect(query('.stat-figure').title).to.equal('184,213');
  });

  it('keeps the lines of its cards level, also where one wraps', async () => {
    const { element, provider, queryAll } = await mount(render());
    provider.style.setProperty('width', '320px');
    await update(element);
    for (const line of ['.stat-figure', '.stat-detail', '.stat-change']) {
      const tops = queryAll(line).map((node) => node.getBoundingClientRect().top);
      expect(tops[0]).to.equal(tops[1]);
      expect(tops[2]).to.equal(tops[3]);
    }
  });

  it('colors a change by its meaning', async () => {
    const { queryAll } = await mount(render());
    expect(queryAll('.change').map((node) => node.className)).to.deep.equal([
      'change neutral',
      'change neutral',
      'change neutral',
      'change good',
    ]);
  });

  it('is four in a row, and two by two where it is narrow', async () => {
    const { element, queryAll } = await mount(render());
    const rows = () => new Set(queryAll('.stat').map((node) => node.offsetTop)).size;
    element.parentElement?.parentElement?.style.setProperty('width', '1000px');
    await update(element);
    expect(rows()).to.equal(1);
    element.parentElement?.parentElement?.style.setProperty('width', '320px');
    await update(element);
    expect(rows()).to.equal(2);
  });

  it('says that a range cannot be read instead of showing another', async () => {
    const { text } = await mount(html`<usage-overview from="yesterday"></usage-overview>`);
    expect(text()).to.contain('Invalid range');
  });
});
