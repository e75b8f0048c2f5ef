import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import { OVERVIEW } from '@usage-kit/testing/fixtures/overview';
import type { RangeParams } from '../../client/usage-client.js';
import type { UsageRangeChangeEvent } from '../../events/usage-range-change.js';
import { recordEvents, mount, update, type Mounted } from '../../../test/mount.js';
import type { UsageRangePicker } from './usage-range-picker.js';

async function mountPicker(requested: RangeParams[] = []): Promise<Mounted<UsageRangePicker>> {
  return mount<UsageRangePicker>(
    html`<usage-range-picker></usage-range-picker><usage-overview></usage-overview>`,
    {
      overrides: {
        getOverview(params) {
          requested.push(params);
          return Promise.resolve(OVERVIEW);
        },
      },
    },
  );
}

function press({ queryAll }: Mounted<UsageRangePicker>, label: string): void {
  queryAll('button')
    .find((button) => button.textContent?.trim() === label)
    ?.click();
}

describe('usage-range-picker', () => {
  it('is accessible, open or not', async () => {
    const mounted = await mountPicker();
    await expectAccessible(mounted.element);
    press(mounted, 'Custom');
    await update(mounted.element);
    await expectAccessible(mounted.element);
  });

  it('sets the range of everything in its provider, and says so', async () => {
    const requested: RangeParams[] = [];
    const mounted = await mountPicker(requested);
    const { element, provider } = mounted;
    const events = await recordEvents<UsageRangeChangeEvent>(document, 'usage-range-change', () =>
      press(mounted, '7 days'),
    );
    expect(events[0]?.detail).to.deep.equal({ from: 'last-7-days', to: '' });
    await update(element);
    await update(element);
    expect(provider.from).to.equal('last-7-days');
    expect(requested.map(({ from }) => from)).to.deep.equal([
      '2026-10-24T00:00:00.000Z',
      '2026-11-16T00:00:00.000Z',
    ]);
  });

  it('follows now: the same preset asks for later instants later', async () => {
    const requested: RangeParams[] = [];
    const { ports, element } = await mountPicker(requested);
    await ports.show(false);
    await ports.advance(3 * 86_400_000);
    await ports.show(true);
    await update(element);
    expect(requested.map(({ to }) => to)).to.deep.equal([
      '2026-11-22T12:33:00.000Z',
      '2026-11-25T12:33:00.000Z',
    ]);
  });

  it('has a fixed width in a row, and shows everything on one line where it fits', async () => {
    const mounted = await mountPicker();
    const { element, provider, query, queryAll } = mounted;
    provider.style.setProperty('display', 'flex');
    expect(element.offsetWidth).to.be.above(250);
    provider.style.setProperty('width', '1200px');
    press(mounted, 'Custom');
    await update(element);
    const middles = [
      query('.segments'),
      query('.zone'),
      ...queryAll('.custom .input, .custom .button'),
    ]
      .map((node) => node.getBoundingClientRect())
      .map(({ top, bottom }) => Math.round((top + bottom) / 2));
    expect(Math.max(...middles) - Math.min(...middles)).to.be.at.most(1);
  });
  it('puts both days and the button into one row on a phone', async () => {
    await setViewport({ width: 320, height: 640 });
    const mounted = await mountPicker();
    press(mounted, 'Custom');
    await update(mounted.element);
    const bottoms = mounted
      .queryAll('.custom .input, .custom .button')
      .map((node) => Math.round(node.getBoundingClientRect().bottom));
    expect(new Set(bottoms).size).to.equal(1);
    expect(mounted.element.scrollWidth).to.be.at.most(320);
    await setViewport({ width: 800, height: 600 });
  });
  it('leaves the range alone when the page cancels', async () => {
    const mounted = await mountPicker();
    mounted.provider.addEventListener('usage-range-change', (event) => event.preventDefault());
    press(mounted, '90 days');
    await update(mounted.element);
    expect(mounted.provider.from).to.equal(undefined);
  });

  it('takes two days, and refuses them in the wrong order', async () => {
    const mounted = await mountPicker();
    const { element, provider, query, text } = mounted;
    press(mounted, 'Custom');
    await update(element);
    expect(query<HTMLInputElement>('[name="from"]').value).to.equal('2026-10-24');
    expect(query<HTMLInputElement>('[name="to"]').value).to.equal('2026-11-22');
    const submit = async (from: string, to: string): Promise<void> => {
      query<HTMLInputElement>('[name="from"]').value = from;
      query<HTMLInputElement>('[name="to"]').value = to;
      query<HTMLFormElement>('form').requestSubmit();
      await update(element);
    };
    await submit('2026-11-10', '2026-11-01');
    expect(text()).to.contain('must not be after');
    expect(provider.from).to.equal(undefined);
    await submit('2026-11-01', '2026-11-10');
    expect(provider.from).to.equal('2026-11-01');
    expect(provider.to).to.equal('2026-11-10');
  });
});
