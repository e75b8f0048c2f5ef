import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import type { UsageEvidenceSelectEvent } from '../../events/usage-evidence-select.js';
import { describeStates } from '../../../test/element-suite.js';
import { mount, recordEvents, update } from '../../../test/mount.js';
import type { UsageProjectFailures } from './usage-project-failures.js';

const APP_DID = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const render = (): TemplateResult =>
  html`<usage-project-failures app-did=${APP_DID}></usage-project-failures>`;

describeStates('usage-project-failures', {
  render,
  readyText: /Failed calls by reason.*Rate limit 429.*Timeout.*Show 2 more.*not sorted by reason/,
  readyTextZh: /失败原因.*429.*未按原因归类/,
  emptyText: /No failed calls in this range/,
});

describe('usage-project-failures', () => {
  it('shows the rare reasons when a person asks', async () => {
    const { element, query, queryAll } = await mount<UsageProjectFailures>(render());
    expect(queryAll('[part="failure"]')).to.have.length(4);
    query('[part="more"]').click();
    await update(element);
    expect(queryAll('[part="failure"]')).to.have.length(6);
    expect(element.viewState).to.deep.equal({ all: 'true' });
  });

  it('says which calls a reason has, and filters by a model only where it is the only one', async () => {
    const { element, queryAll } = await mount<UsageProjectFailures>(render());
    const events = await recordEvents<UsageEvidenceSelectEvent>(
      element,
      'usage-evidence-select',
      () => {
        queryAll('.name')[0]?.click();
        queryAll('.name')[2]?.click();
      },
    );
    expect(events.map(({ detail }) => detail.query)).to.deep.equal([
      'status=failed',
      'model=gemini-2.5-flash&status=failed',
    ]);
    expect(events[0]?.detail.appDid).to.equal(APP_DID);
  });

  it('shows the calls of a reason in the call history of the page', async () => {
    const { provider, queryAll } = await mount<UsageProjectFailures>(render());
    const history = document.createElement('usage-call-history');
    history.setAttribute('app-did', APP_DID);
    provider.append(history);
    await update(history);
    queryAll('.name')[2]?.click();
    await update(history);
    expect(history.viewState).to.deep.equal({ model: 'gemini-2.5-flash', status: 'failed' });
  });
});
