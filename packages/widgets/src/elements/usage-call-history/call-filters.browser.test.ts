import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { createCall, projectCallsFixture } from '@usage-kit/testing/fixtures/project-calls';
import { expectAccessible } from '../../../test/expect-accessible.js';
import {
  mountFiltered,
  openValues,
  toRowText,
  type FilteredCalls,
} from '../../../test/mount-calls.js';
import { mount, recordEvents, update } from '../../../test/mount.js';
import { waitUntil } from '../../test-support/wait-until.js';
import type { UsageViewChangeEvent } from '../../events/usage-view-change.js';
import type { UsageCallHistory } from './usage-call-history.js';

function chooseDuration({ query }: FilteredCalls, value: string): void {
  const select = query<HTMLSelectElement>('.filter select');
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

describe('filters of calls', () => {
  it('find a call by the beginning of its id or trace id', async () => {
    const mounted = await mountFiltered();
    const { queryAll, requests, search, chips } = mounted;
    const { id, traceId } = createCall(40);
    await search(` ${id.slice(0, 12)} `);
    expect(requests.at(-1)).to.include({ search: id.slice(0, 12) });
    expect(queryAll('tbody tr')).to.have.length(1);
    expect(chips()).to.deep.equal([`ID: ${id.slice(0, 12)}`]);
    await search(traceId ?? '');
    expect(queryAll('tbody tr')).to.have.length(1);
    await search('');
    expect(queryAll('tbody tr')).to.have.length(25);
  });

  it('leave what is typed as it is, spaces at the end too', async () => {
    const { query, search } = await mountFiltered();
    await search('0199 ');
    expect(query<HTMLInputElement>('.search input').value).to.equal('0199 ');
  });

  it('ask for calls of a minimum duration', async () => {
    const mounted = await mountFiltered();
    const { element, requests, chips } = mounted;
    chooseDuration(mounted, '10000');
    await waitUntil(() => chips().length > 0, 'the chip');
    expect(requests.at(-1)).to.include({ minDurationMs: 10_000 });
    expect(chips()).to.deep.equal(['Duration: ≥ 10s']);
    expect(element.viewState).to.deep.equal({ minDurationMs: '10000' });
  });

  it('come from a link, with a duration that is not among the choices', async () => {
    const { requests, chips, queryAll, query } = await mountFiltered({
      ...{ search: '0199', minDurationMs: '1500', status: 'failed', type: 'embedding' },
      model: 'gone-model,a%2Cb%25',
    });
    expect(requests[0]).to.deep.include({
      ...{ search: '0199', minDurationMs: 1500, status: ['failed'], type: ['embedding'] },
      model: ['gone-model', 'a,b%'],
    });
    expect(chips()).to.deep.equal([
      ...['ID: 0199', 'Model: gone-model', 'Model: a,b%', 'Status: Failed', 'Type: Embedding'],
      'Duration: ≥ 1.5s',
    ]);
    expect(query<HTMLInputElement>('.search input').value).to.equal('0199');
    expect(query<HTMLSelectElement>('.filter select').value).to.equal('1500');
    expect(
      queryAll('.values-button').map((button) => button.getAttribute('aria-label')),
    ).to.deep.equal(['Model: gone-model +1', 'Status: Failed', 'Type: Embedding']);
  });

  it('take several values, each with the calls that it lists under the other filters', async () => {
    const mounted = await mountFiltered({ status: 'failed' });
    const { element, requests, chips, queryAll } = mounted;
    const models = await openValues(mounted, 'model');
    await expectAccessible(element);
    expect(requests.at(-1)).to.deep.include({ status: ['failed'], counts: 'true', limit: 1 });
    expect(requests.at(-1)?.model).to.equal(undefined);
    const { counts } = projectCallsFixture({ status: 'failed', counts: 'true' });
    expect(models.map(toRowText)).to.deep.equal(
      counts?.model.map(({ value, calls }) => `${value} ${calls}`),
    );
    const [first = '', second = ''] = (counts?.model ?? []).map(({ value }) => value);
    models[0]?.click();
    models[1]?.click();
    await update(element);
    expect(queryAll('.values-panel label').map(toRowText)).to.deep.equal(models.map(toRowText));
    // Ticking asks for calls and for no counts.
    const asked = requests.filter((params) => params.counts === 'true');
    expect(asked).to.have.length(1);
    expect(requests.at(-1)).to.deep.include({ model: [first, second] });
    expect(element.viewState).to.deep.equal({
      ...{ status: 'failed', model: `${first},${second}` },
    });
    expect(chips()).to.include(`Model: ${first}`).and.to.include(`Model: ${second}`);
    queryAll('.filter-chip')[0]?.click();
    await update(element);
    expect(element.viewState).to.deep.equal({ status: 'failed', model: second });
  });

  it('show all statuses and types, of which some have no calls', async () => {
    const mounted = await mountFiltered();
    const types = await openValues(mounted, 'type');
    expect(types.map(toRowText).at(-1)).to.equal('Custom 0');
    mounted.query('[data-filter="status"]').click();
    await waitUntil(
      () => mounted.queryAll('.values-panel label').length === 3,
      'the menu of the other filter',
    );
    expect(mounted.query('[data-filter="status"]').getAttribute('aria-expanded')).to.equal('true');
    expect(mounted.query('[data-filter="type"]').getAttribute('aria-expanded')).to.equal('false');
    mounted.query('[data-filter="status"]').click();
    await waitUntil(
      () => !mounted.query('.values-panel').matches(':popover-open'),
      'the end of it',
    );
  });

  it('show values without counts where the server knows none', async () => {
    const mounted = await mount<UsageCallHistory>(
      html`<usage-call-history app-did="p" .viewState=${{ search: '0199' }}></usage-call-history>`,
      {
        overrides: {
          getProjectCalls: (_appDid, params) => {
            const page = projectCallsFixture(params);
            const toUnknown = (list: { value: string }[] = []) =>
              list.map(({ value }) => ({ value, calls: null }));
            const { model, status, type } = page.counts ?? {};
            const counts = {
              ...{ model: toUnknown(model), status: toUnknown(status), type: toUnknown(type) },
            };
            return Promise.resolve({ ...page, ...(page.counts && { counts }) });
          },
        },
      },
    );
    mounted.query('[data-filter="model"]').click();
    await waitUntil(() => mounted.queryAll('.values-panel label').length === 4, 'the models');
    expect(mounted.queryAll('.value-calls')).to.deep.equal([]);
  });

  it('say that models could not be loaded', async () => {
    let isBroken = false;
    const mounted = await mount<UsageCallHistory>(
      html`<usage-call-history app-did="p"></usage-call-history>`,
      {
        overrides: {
          getProjectCalls: (_appDid, params) =>
            isBroken
              ? Promise.resolve({ ...projectCallsFixture(params), counts: { model: 7 } as never })
              : Promise.resolve(projectCallsFixture(params)),
        },
      },
    );
    isBroken = true;
    mounted.query('[data-filter="model"]').click();
    await waitUntil(() => mounted.queryAll('.values-panel .note').length === 1, 'the note');
  });

  it('have menus for the keyboard', async () => {
    const mounted = await mountFiltered();
    const { element, query } = mounted;
    const active = (): Element | null | undefined => element.shadowRoot?.activeElement;
    const rows = await openValues(mounted, 'status');
    await waitUntil(() => active() === rows[0]?.querySelector('input'), 'the focus');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Space' });
    await update(element);
    expect(element.viewState).to.deep.equal({ status: 'failed' });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => active() === query('[data-filter="status"]'), 'the button');
    expect(query('[data-filter="status"]').getAttribute('aria-label')).to.equal('Status: Failed');
  });

  it('ignore what the server would refuse', async () => {
    const { requests, element } = await mountFiltered({
      ...{ minDurationMs: '-1', status: 'odd', search: `a\u0000b\ud800${'x'.repeat(200)}` },
    });
    expect(requests[0]).to.include({ search: `ab${'x'.repeat(124)}` });
    expect(Object.keys(element.viewState)).to.deep.equal(['search']);
  });

  it('are removed one by one and all together, and the focus stays near', async () => {
    const { element, queryAll, query, chips, requests } = await mountFiltered({
      ...{ search: '0199', status: 'failed', minDurationMs: '1000' },
    });
    const active = (): Element | null | undefined => element.shadowRoot?.activeElement;
    await expectAccessible(element);
    queryAll('.filter-chip')[1]?.click();
    await update(element);
    expect(chips()).to.deep.equal(['ID: 0199', 'Duration: ≥ 1s']);
    expect(active()).to.equal(queryAll('.filter-chip')[1]);
    queryAll('.filter-chip')[0]?.click();
    await update(element);
    expect(query<HTMLInputElement>('.search input').value).to.equal('');
    const events = await recordEvents<UsageViewChangeEvent>(
      element,
      'usage-view-change',
      async () => {
        query('[part="clear-filters"]').click();
        await update(element);
      },
    );
    expect(events.map(({ detail }) => detail.viewState)).to.deep.equal([{}]);
    expect(chips()).to.deep.equal([]);
    expect(active()).to.equal(query('.search input'));
    expect(requests.at(-1)).to.deep.include({ sortBy: 'time', limit: 25 });
  });

  it('that match nothing can be cleared from there', async () => {
    const { element, query, text, queryAll } = await mountFiltered({ search: 'nothing' });
    expect(text()).to.contain('No matching calls');
    query('[part="notice"] .button').click();
    await update(element);
    expect(queryAll('tbody tr')).to.have.length(25);
  });
});
