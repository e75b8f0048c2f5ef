import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update } from '../../../test/mount.js';
import type { UsageModels } from './usage-models.js';

const render = (): TemplateResult => html`<usage-models></usage-models>`;

describeStates('usage-models', {
  render,
  readyText: /Models.*gpt-5-mini 46\.0%.*Other \(3\) 5\.0%/,
  readyTextZh: /模型.*其他（3）/,
  emptyText: /No calls in this range/,
});

describe('usage-models', () => {
  it('asks for the models of all projects in the range', async () => {
    const ranges: (string | undefined)[] = [];
    const overrides = {
      getModels: ({ from }: { from?: string | undefined }) => {
        ranges.push(from);
        return new Promise<never>(() => undefined);
      },
    };
    const { element } = await mount<UsageModels>(render(), { overrides });
    element.from = 'last-7-days';
    await update(element);
    expect(ranges).to.deep.equal(['2026-10-24T00:00:00.000Z', '2026-11-16T00:00:00.000Z']);
  });
});
