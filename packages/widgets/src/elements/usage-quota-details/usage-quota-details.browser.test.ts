import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update } from '../../../test/mount.js';

const render = () => html`<usage-quota-details></usage-quota-details>`;

describeStates('usage-quota-details', {
  render,
  readyText: /Credit history.*−50\.04.*1–10 of 57/,
  readyTextZh: /积分明细.*−50\.04.*第 1–10 条/,
  emptyText: /Nothing here yet/,
});

describe('usage-quota-details', () => {
  it('filters by kind', async () => {
    const { element, query, queryAll } = await mount(render());
    const press = async (label: string): Promise<void> => {
      queryAll('.segments button')
        .find((button) => button.textContent?.trim() === label)
        ?.click();
      await update(element);
    };
    await press('Grant');
    expect(new Set(queryAll('tbody .chip').map((chip) => chip.textContent))).to.deep.equal(
      new Set(['Grant']),
    );
    expect(query('.segments [aria-pressed="true"]').textContent?.trim()).to.equal('Grant');
    expect(query('.amount').textContent).to.equal('+5,000.00');
  });

  it('lines amounts up at the end', async () => {
    const { queryAll } = await mount(render());
    const edges = queryAll('tbody .col-amount .cell-value').map((node) =>
      Math.round(node.getBoundingClientRect().right),
    );
    expect(new Set(edges).size).to.equal(1);
  });
});
