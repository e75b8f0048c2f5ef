import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { PROJECT_STATS } from '@usage-kit/testing/fixtures/project-stats';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update } from '../../../test/mount.js';
import type { UsageProjectStats } from './usage-project-stats.js';

const render = () => html`<usage-project-stats app-did="zNK1"></usage-project-stats>`;

describeStates('usage-project-stats', {
  render,
  readyText: /Customer support assistant.*Calls 84,000.*P95 duration 5\.91s −12\.4%/,
  readyTextZh: /调用次数 8\.4万|调用次数 84,000/,
});

describe('usage-project-stats', () => {
  it('says what is missing without a project, and asks nothing', async () => {
    let requests = 0;
    const getProjectStats = () => {
      requests += 1;
      return new Promise<never>(() => undefined);
    };
    const { text } = await mount(html`<usage-project-stats></usage-project-stats>`, {
      overrides: { getProjectStats },
    });
    expect(text()).to.contain('No project selected');
    expect(requests).to.equal(0);
  });

  it('drops the late answer of the project before', async () => {
    const resolvers = new Map<string, (value: never) => void>();
    const getProjectStats = (appDid: string) =>
      new Promise<never>((resolve) => resolvers.set(appDid, resolve));
    const { element, text } = await mount<UsageProjectStats>(render(), {
      overrides: { getProjectStats },
    });
    element.appDid = 'zNK2';
    await update(element);
    resolvers.get('zNK2')?.({
      ...PROJECT_STATS,
      project: { ...PROJECT_STATS.project, name: 'Second' },
    } as never);
    resolvers.get('zNK1')?.({
      ...PROJECT_STATS,
      project: { ...PROJECT_STATS.project, name: 'First' },
    } as never);
    await update(element);
    expect(text()).to.match(/^Second/);
  });

  it('says that a project does not exist', async () => {
    const { element, text } = await mount(
      html`<usage-project-stats app-did="zNK1"
        ><a slot="back" href="/usage">All usage</a></usage-project-stats
      >`,
      { mode: 'not-found' },
    );
    expect(text()).to.match(/Project not found.*after its first call/);
    expect(text()).not.to.match(/Try again|req_/);
    expect(element.querySelector('a')?.checkVisibility()).to.equal(true);
    await expectAccessible(element);
  });

  it('shows the way back only where there is no such project', async () => {
    const { element } = await mount(
      html`<usage-project-stats app-did="zNK1"
        ><a slot="back" href="/usage">All usage</a></usage-project-stats
      >`,
    );
    expect(element.querySelector('a')?.getClientRects()).to.have.length(0);
  });
});
