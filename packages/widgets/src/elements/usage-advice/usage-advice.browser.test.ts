import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { ADVICE, ADVICE_DONE } from '@usage-kit/testing/fixtures/advice';
import { describeStates } from '../../../test/element-suite.js';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, recordEvents, update } from '../../../test/mount.js';
import type { UsageEvidenceSelectEvent } from '../../events/usage-evidence-select.js';
import { waitUntil } from '../../test-support/wait-until.js';

const render = () => html`<usage-advice project-href="/p/{appDid}"></usage-advice>`;

describeStates('usage-advice', {
  render,
  readyText:
    /With gpt-5-mini, the calls of claude-sonnet-4-5 would have cost \$167\.30 less.*294 calls of claude-sonnet-4-5 failed \(context too long\) and cost \$13\.72/,
  readyTextZh: /改用 gpt-5-mini，claude-sonnet-4-5 的调用可少花.*294 次调用失败（上下文过长）/,
  emptyText: /Nothing to advise.*Based on 1,840 calls of this range\..*no alternative models/,
});

describe('usage-advice', () => {
  const first = ADVICE.items[0];

  it('shows the first three, and the others on demand', async () => {
    const { element, query, queryAll } = await mount(render());
    expect(queryAll('[part="advice"]')).to.have.length(3);
    expect(query('[part="more"]').innerText).to.equal('Show 3 more');
    query('[part="more"]').click();
    await update(element);
    expect(queryAll('[part="advice"]')).to.have.length(6);
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Done');
  });

  it('shows a sentence for every kind, with what it assumes', async () => {
    const { queryAll, text } = await mount(
      html`<usage-advice project-href="/p/{appDid}" max-items="10"></usage-advice>`,
    );
    expect(queryAll('[part="advice"]')).to.have.length(6);
    expect(text()).to.match(/412 calls of gpt-5-mini in Customer support assistant repeat/);
    expect(text()).to.match(/cache of claude-sonnet-4-5 cost \$5\.91 more than it saved/);
    expect(text()).to.match(/Of 12,150 of 20,210 calls, which report cached tokens/);
    expect(text()).to.match(
      /Search index has had no call for 16 days.*1,284 calls before, for \$11\.22/,
    );
    expect(text()).to.match(/997\.86 credits of Promotional credits will expire unused/);
    expect(text()).to.match(/Whether quality is the same, only you can tell/);
    expect(text()).to.match(/Savings overlap and do not add up/);
  });

  it('shows an arithmetic that a reader can repeat', async () => {
    const { element, query } = await mount(render());
    query('.arithmetic summary').click();
    await waitUntil(() => element.shadowRoot?.querySelector('.arithmetic table') !== null);
    const rows = [...query('.arithmetic').querySelectorAll('tr')].map((row) =>
      (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
    );
    expect(rows).to.deep.equal([
      '+ $186.42 (cost) claude-sonnet-4-5 $186.42',
      '− 25,060,000 (input tokens) × $0.25 per million (price) gpt-5-mini $6.265',
      '− 6,430,000 (output tokens) × $2.00 per million (price) gpt-5-mini $12.86',
      '= Result $167.295',
    ]);
    await expectAccessible(element);
  });

  it('links to the calls behind it, with their filters', async () => {
    const { query, queryAll, element } = await mount(render());
    const link = queryAll('a[part="evidence"]')[1] as HTMLAnchorElement;
    expect(link.textContent?.trim()).to.equal('Show 221 calls in Customer support assistant');
    const url = new URL(link.href);
    expect(url.pathname).to.equal('/p/zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c');
    expect(Object.fromEntries(url.searchParams)).to.deep.equal({
      from: ADVICE.range.from,
      to: ADVICE.range.to,
      model: 'claude-sonnet-4-5',
      status: 'failed',
    });
    element.addEventListener('usage-evidence-select', (event) => event.preventDefault());
    const [event] = await recordEvents<UsageEvidenceSelectEvent>(
      document,
      'usage-evidence-select',
      () => link.click(),
    );
    expect(event?.detail.query).to.equal(url.search.slice(1));
    expect(event?.detail.evidence).to.deep.equal(ADVICE.items[1]?.evidence[0]);
    expect(query('section').isConnected).to.equal(true);
  });

  it('is dismissed by the keyboard where it stands, and taken back', async () => {
    const changes: unknown[] = [];
    const { element, query, queryAll } = await mount(render(), {
      overrides: {
        setAdviceState: (...args) => {
          changes.push(args.slice(0, 3));
          return Promise.resolve({ ...first!, state: 'dismissed', outcome: null });
        },
        reopenAdvice: (id) => {
          changes.push(id);
          return Promise.resolve();
        },
      },
    });
    query('.choices button').focus();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await update(element);
    const { from, to } = (changes[0] as [string, string, { from: string; to: string }])[2];
    expect(changes).to.deep.equal([[first?.id, 'dismissed', { from, to }]]);
    expect(Date.parse(to) - Date.parse(from)).to.be.greaterThan(86_400_000);
    expect(queryAll('.piece')[0]?.innerText).to.match(/Dismissed.*With gpt-5-mini.*Undo/s);
    // The button that had the focus is gone.
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Undo');
    await expectAccessible(element);
    await sendKeys({ press: 'Enter' });
    await update(element);
    expect(changes[1]).to.equal(first?.id);
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Done');
    expect(queryAll('.closed')).to.have.length(0);
  });

  it('says that a change was not stored, and leaves the piece open', async () => {
    const { element, query, text } = await mount(render(), {
      overrides: { setAdviceState: () => Promise.reject(new Error('No connection')) },
    });
    query('.choices button').click();
    await update(element);
    expect(text()).to.match(/This could not be saved/);
    expect(query('.failure').getAttribute('role')).to.equal('status');
    await expectAccessible(element);
  });

  it('shows what was done with its promise and what was measured', async () => {
    const { element, query, text } = await mount(render(), {
      overrides: { getAdvice: () => Promise.resolve(ADVICE_DONE) },
    });
    expect(text()).to.match(/3 done or dismissed/);
    query('.settled summary').click();
    await update(element);
    expect(text()).to.match(
      /Promised: \$13\.72 · Measured since Nov 10, 2026: \$12\.96, from 8,120 calls/,
    );
    expect(text()).to.match(/Promised: \$167\.30 · Not measured yet: 21 calls since Nov 21, 2026/);
    await expectAccessible(element);
  });

  it('leaves out a kind that only a newer server knows', async () => {
    const item = { ...first!, id: 'new', claim: { kind: 'newKind' } as never };
    const { queryAll } = await mount(render(), {
      overrides: { getAdvice: () => Promise.resolve({ ...ADVICE, items: [item, first!] }) },
    });
    expect(queryAll('[part="advice"]')).to.have.length(1);
  });

  it('fits a phone', async () => {
    const { element, provider, queryAll } = await mount(render());
    provider.style.setProperty('width', '320px');
    for (const summary of queryAll('summary')) summary.click();
    await waitUntil(() => queryAll('table').length === 3);
    await update(element);
    for (const piece of queryAll('.piece, table')) {
      expect(piece.scrollWidth).to.be.at.most(piece.clientWidth + 1);
    }
  });
});
