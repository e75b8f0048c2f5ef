import { expect } from '@open-wc/testing';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { mount, toggleTable } from '../../../test/mount.js';

const render = () => html`<usage-project-trends app-did="zNK1"></usage-project-trends>`;

describeStates('usage-project-trends', {
  render,
  readyText: /Calls and duration.*Calls Average duration P95 duration/,
  readyTextZh: /调用与耗时/,
  emptyText: /No calls in this range/,
});

describe('usage-project-trends', () => {
  it('says what the canvas shows, and has a table of it', async () => {
    const { element, query, queryAll } = await mount(render());
    const label = query('canvas').getAttribute('aria-label');
    expect(query('canvas').getAttribute('role')).to.equal('img');
    expect(label).to.match(/Calls from .+ Average duration from .+ P95 duration from/);
    await toggleTable(element);
    expect(queryAll('.chart-table tbody tr')).to.have.length(30);
    await expectAccessible(element);
  });
});
