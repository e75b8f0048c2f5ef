import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { createCall, projectCallsFixture } from '@usage-kit/testing/fixtures/project-calls';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, update, type Mounted, type MountOptions } from '../../../test/mount.js';
import { waitUntil } from '../../test-support/wait-until.js';
import type { CallsParams } from '../../client/usage-client.js';
import type { UsageCallHistory } from './usage-call-history.js';

interface Opened extends Mounted<UsageCallHistory> {
  dialog: () => HTMLDialogElement;
  /** The short id in the heading of the drawer. */
  heading: () => string;
  seen: () => string;
}

async function mountCalls(options: MountOptions = {}): Promise<Opened> {
  const mounted = await mount<UsageCallHistory>(
    html`<usage-call-history app-did="p"></usage-call-history>`,
    options,
  );
  const dialog = (): HTMLDialogElement => mounted.query<HTMLDialogElement>('dialog');
  return {
    ...mounted,
    dialog,
    heading: () => mounted.query('#drawer-title').innerText,
    seen: () => dialog().innerText.replace(/\s+/g, ' '),
  };
}

/** Waits until the drawer has slid in: axe takes the contrast of what is half transparent. */
async function settle({ element }: Opened): Promise<void> {
  const animations = element.shadowRoot?.getAnimations() ?? [];
  await Promise.all(animations.map(({ finished }) => finished));
}

/** Opens the call of a row by its button. */
async function openRow(index: number, options: MountOptions = {}): Promise<Opened> {
  const opened = await mountCalls(options);
  const button = opened.queryAll('.expand')[index];
  button?.focus();
  button?.click();
  await waitUntil(
    () => opened.element.shadowRoot?.querySelector('dialog[open]') != null,
    'the drawer',
  );
  await settle(opened);
  return opened;
}

const shortIdOf = (index: number): string => createCall(index).id.slice(-6);

describe('the details of a call', () => {
  it('are in a drawer with every field, which is accessible', async () => {
    const { element, seen, dialog } = await openRow(4);
    expect(dialog().matches(':modal')).to.equal(true);
    const { id, model } = createCall(4);
    expect(seen()).to.contain(id).and.to.contain(model);
    expect(seen()).to.match(
      /Provider OpenAI.*Time to first token.*Trace ID.*Input from cache.*Written to cache –.*Reasoning tokens.*Total tokens.*Credits/,
    );
    await expectAccessible(element);
  });

  it('say the cost and who named it where amounts are money', async () => {
    const mounted = await mountCalls();
    mounted.element.amounts = 'money';
    await update(mounted.element);
    mounted.queryAll('.expand')[3]?.click();
    await waitUntil(() => mounted.queryAll('dialog[open]').length === 1, 'the drawer');
    expect(mounted.seen()).to.match(/Cost \$0\.\d+ Source of cost Priced by genai-prices@0\.0\.40/);
  });

  it('open by a click on the row, with the error and metadata of a failed call', async () => {
    const opened = await mountCalls();
    const { element, queryAll, seen } = opened;
    queryAll('tr.failed-row td:nth-child(2)')[0]?.click();
    await waitUntil(() => queryAll('dialog[open]').length === 1, 'the drawer');
    await settle(opened);
    expect(seen()).to.match(/Failed.*Error Rate limit reached/);
    await expectAccessible(element);
  });

  it('say that a running call is running, in Chinese, in the dark, from right to left', async () => {
    document.documentElement.dir = 'rtl';
    document.documentElement.style.colorScheme = 'dark';
    const { element, seen, dialog } = await openRow(0, { locale: 'zh' });
    expect(seen()).to.match(/进行中.*首 Token 时间 –.*总 Token 数 –/);
    expect(dialog().getBoundingClientRect().left).to.equal(0);
    await expectAccessible(element);
    document.documentElement.dir = '';
    document.documentElement.style.colorScheme = '';
  });

  it('close with Escape, and the focus returns to the row', async () => {
    const { element, queryAll, dialog } = await openRow(4);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !dialog().open && element.viewState['open'] === undefined, 'the list');
    expect(element.shadowRoot?.activeElement).to.equal(queryAll('.expand')[4]);
  });

  it('stay open when one is opened while the drawer closes', async () => {
    const { element, queryAll, query, heading, dialog } = await openRow(4);
    query('[part~="close"]').click();
    await element.updateComplete;
    queryAll('.expand')[5]?.click();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await update(element);
    expect(dialog().open).to.equal(true);
    expect(getComputedStyle(dialog()).opacity).not.to.equal('0');
    expect(heading()).to.contain(shortIdOf(5));
  });

  it('close by the button, and by a click next to the drawer', async () => {
    const { element, queryAll, query, dialog } = await openRow(4);
    dialog().dispatchEvent(new MouseEvent('click', { clientX: 1e4, bubbles: true }));
    await waitUntil(() => !dialog().open, 'the list');
    await update(element);
    queryAll('.expand')[5]?.click();
    await waitUntil(() => dialog().open, 'the drawer');
    query('[part~="close"]').click();
    await waitUntil(() => !dialog().open, 'the list');
    expect(element.shadowRoot?.activeElement).to.equal(queryAll('.expand')[5]);
  });

  it('go to the calls before and after by arrow keys and buttons, to both ends', async () => {
    const { element, heading, query, queryAll, dialog, seen } = await openRow(1);
    const press = async (key: string): Promise<void> => {
      await sendKeys({ press: key });
      await update(element);
    };
    await press('ArrowRight');
    expect(heading()).to.contain(shortIdOf(2));
    await press('ArrowDown');
    expect(heading()).to.contain(shortIdOf(3));
    await press('ArrowLeft');
    await press('ArrowUp');
    await press('ArrowUp');
    expect(heading()).to.contain(shortIdOf(0));
    expect(seen()).to.contain('1 of 230');
    expect(query('[part~="previous"]').getAttribute('aria-disabled')).to.equal('true');
    await press('ArrowUp');
    expect(heading()).to.contain(shortIdOf(0));
    query('[part~="next"]').click();
    await update(element);
    expect(heading()).to.contain(shortIdOf(1));
    await press('Escape');
    await waitUntil(() => !dialog().open, 'the list');
    await update(element);
    expect(element.shadowRoot?.activeElement).to.equal(queryAll('.expand')[1]);
  });

  it('go on to the next page of the list', async () => {
    const { element, heading, query, queryAll } = await openRow(24);
    expect(query('[part~="next"]').getAttribute('aria-disabled')).to.equal(null);
    await sendKeys({ press: 'ArrowRight' });
    await update(element);
    expect(heading()).to.contain(shortIdOf(25));
    expect(queryAll('tbody tr').length).to.be.above(25);
  });

  it('leave the arrows up and down to the text that is read', async () => {
    const { element, heading, query } = await openRow(3);
    query('.drawer-body').focus();
    await sendKeys({ press: 'ArrowDown' });
    await update(element);
    expect(heading()).to.contain(shortIdOf(3));
  });

  it('are copied as JSON', async () => {
    const { element, query } = await openRow(3);
    const copied: string[] = [];
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = (text) => Promise.resolve(void copied.push(text));
    query('[part~="copy-json"]').click();
    await update(element);
    navigator.clipboard.writeText = writeText;
    expect(JSON.parse(copied[0] ?? '')).to.deep.equal(createCall(3));
    expect(query('[part~="copy-json"]').innerText).to.contain('Copied');
  });

  it('are as wide as a phone, and no wider', async () => {
    const { dialog } = await openRow(3);
    const { width } = dialog().getBoundingClientRect();
    expect(width).to.equal(Math.min(480, window.innerWidth));
    expect(dialog().scrollWidth).to.be.at.most(dialog().clientWidth);
  });

  it('stay while the call is polled', async () => {
    let hasEnded = false;
    const { element, ports, dialog, seen } = await openRow(0, {
      overrides: {
        getProjectCalls: (_appDid, params) => {
          const page = projectCallsFixture(params);
          const items = page.items.map((item, index) =>
            index === 0 && hasEnded ? { ...item, status: 'success' as const } : item,
          );
          return Promise.resolve({ ...page, items });
        },
      },
    });
    expect(seen()).to.contain('Running');
    hasEnded = true;
    await ports.advance(30_000);
    await update(element);
    expect(dialog().open).to.equal(true);
    expect(seen()).to.contain('Success');
  });
});

describe('a link to a call', () => {
  it('opens it, and closing takes it out of the link', async () => {
    const { element, queryAll, heading, dialog } = await mountCalls();
    element.viewState = { open: encodeURIComponent(createCall(7).id) };
    await waitUntil(() => queryAll('dialog[open]').length === 1, 'the drawer');
    expect(heading()).to.contain(shortIdOf(7));
    element.viewState = {};
    await waitUntil(() => !dialog().open, 'the list');
  });

  it('that names several rows, as links of before do, opens the first', async () => {
    const { element, queryAll, heading } = await mountCalls();
    element.viewState = { open: `${createCall(7).id},${createCall(8).id}` };
    await waitUntil(() => queryAll('dialog[open]').length === 1, 'the drawer');
    expect(heading()).to.contain(shortIdOf(7));
    expect(element.viewState).to.deep.equal({ open: createCall(7).id });
  });

  it('finds a call that is on another page', async () => {
    const asked: CallsParams[] = [];
    const { element, queryAll, heading, query } = await mountCalls({
      overrides: {
        getProjectCalls: (_appDid, params) => {
          asked.push(params);
          const page = projectCallsFixture(params);
          return Promise.resolve(
            params.search === undefined ? page : { ...page, items: [createCall(99)] },
          );
        },
      },
    });
    element.viewState = { open: createCall(99).id };
    await waitUntil(() => queryAll('dialog[open]').length === 1, 'the drawer');
    expect(asked.at(-1)).to.include({ search: createCall(99).id, limit: 1 });
    expect(heading()).to.contain(shortIdOf(99));
    expect(query('[part~="next"]').getAttribute('aria-disabled')).to.equal('true');
  });

  it('to a call that is not there opens nothing', async () => {
    const { element, queryAll, query } = await mountCalls();
    element.viewState = { open: 'gone' };
    await waitUntil(() => queryAll('dialog').length === 1, 'the code of the drawer');
    await update(element);
    expect(query<HTMLDialogElement>('dialog').open).to.equal(false);
  });
});
