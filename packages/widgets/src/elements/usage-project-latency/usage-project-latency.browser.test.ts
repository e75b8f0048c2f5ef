import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { PROJECT_LATENCY } from '@usage-kit/testing/fixtures/project-latency';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update, toggleTable } from '../../../test/mount.js';
import type { UsageProjectLatency } from './usage-project-latency.js';

const render = (): TemplateResult =>
  html`<usage-project-latency app-did="zNK1"></usage-project-latency>`;

describeStates('usage-project-latency', {
  render,
  readyText: /Duration of calls.*successful calls with a duration.*P50 1\.46s.*P95.*P99 9\.12s/,
  readyTextZh: /调用耗时.*P95/,
  emptyText: /No durations in this range/,
});

describe('usage-project-latency', () => {
  it('draws a bar for each, and marks of the percentiles', async () => {
    const { query, queryAll } = await mount(render());
    expect(queryAll('.bar')).to.have.length(PROJECT_LATENCY.bars.length);
    expect(queryAll('.mark')).to.have.length(3);
    expect(query('.drawing').getAttribute('aria-label')).to.match(
      /^Durations of [\d,]+ calls from 150ms to 30s\. Half took at most 1\.46s, 95% at most/,
    );
  });

  it('is read bar by bar with the keyboard', async () => {
    const { element, query, text } = await mount<UsageProjectLatency>(render());
    const slider = query<HTMLInputElement>('.chart-slider');
    slider.value = '5';
    slider.dispatchEvent(new Event('input'));
    await update(element);
    expect(slider.getAttribute('aria-valuetext')).to.match(
      /^1s – 1\.5s: [\d,]+ calls \(18\.7%\) · 38\.7% took at most 1\.5s$/,
    );
    expect(text()).to.match(/1s – 1\.5s [\d,]+ calls/);
  });

  it('has a table of the same numbers', async () => {
    const { element, queryAll } = await mount<UsageProjectLatency>(render());
    await toggleTable(element);
    const rows = queryAll('.chart-table tbody tr');
    expect(rows).to.have.length(PROJECT_LATENCY.bars.length);
    expect(rows.at(-1)?.innerText).to.match(/100%/);
    await expectAccessible(element);
  });

  it('says what is missing without a project', async () => {
    const { text } = await mount(html`<usage-project-latency></usage-project-latency>`);
    expect(text()).to.contain('No project selected');
  });
});
