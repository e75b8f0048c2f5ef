import { expect } from '@open-wc/testing';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { recordEvents, mount, toggleTable } from '../../../test/mount.js';
import type { UsageViewChangeEvent } from '../../events/usage-view-change.js';
import type { UsageProjectModels } from './usage-project-models.js';

const render = () => html`<usage-project-models app-did="zNK1"></usage-project-models>`;

describeStates('usage-project-models', {
  render,
  readyText: /Models.*gpt-5-mini 46\.0%.*Other \(3\) 5\.0%/,
  readyTextZh: /模型.*其他（3）/,
  emptyText: /No calls in this range/,
});

describe('usage-project-models', () => {
  it('says what the canvas shows, and lists every model in its table', async () => {
    const { element, query, queryAll } = await mount(render());
    expect(query('canvas').getAttribute('role')).to.equal('img');
    expect(query('canvas').getAttribute('aria-label')).to.contain('gpt-5-mini 46.0%');
    await toggleTable(element);
    expect(queryAll('.chart-table tbody tr')).to.have.length(8);
    await expectAccessible(element);
  });

  it('reports the table to the page, and shows it again from what the page stored', async () => {
    const { element } = await mount<UsageProjectModels>(render());
    const events = await recordEvents<UsageViewChangeEvent>(
      element,
      'usage-view-change',
      async () => {
        await toggleTable(element);
      },
    );
    expect(events.map(({ detail }) => detail.viewState)).to.deep.equal([{ table: 'true' }]);
    const again = await mount<UsageProjectModels>(
      html`<usage-project-models
        app-did="zNK1"
        .viewState=${{ table: 'true' }}
      ></usage-project-models>`,
    );
    expect(again.element.viewState).to.deep.equal({ table: 'true' });
    expect(again.queryAll('.chart-table')).to.have.length(1);
    expect(again.queryAll('canvas')).to.have.length(0);
  });
});
