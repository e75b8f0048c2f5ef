import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import { OVERVIEW } from '@usage-kit/testing/fixtures/overview';
import type { RangeParams } from '../../client/usage-client.js';
import type { UsageRangeChangeEvent } from '../../events/usage-range-change.js';
import { recordEvents, mount, update, type Mounted } from '../../../test/mount.js';
import type { UsageRangePicker } from './usage-range-picker.js';
import { waitUntil } from '../../test-support/wait-until.js';

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

/** Opens the panel of two days, and waits until a day has the focus. */
async function openPanel(mounted: Mounted<UsageRangePicker>): Promise<void> {
  const button = mounted.query('.segments button:last-child');
  button.focus();
  button.click();
  await waitUntil(() => getFocused(mounted) !== undefined);
}

const getFocused = ({ element }: Mounted<UsageRangePicker>): string | undefined =>
  (element.shadowRoot?.activeElement as HTMLElement | null)?.dataset['day'];

const readDays = ({ query }: Mounted<UsageRangePicker>): string =>
  ['from', 'to'].map((name) => query<HTMLInputElement>(`[name="${name}"]`).value).join(' ');

async function clickDay(mounted: Mounted<UsageRangePicker>, day: string): Promise<void> {
  mounted.query(`[data-day="${day}"]`).click();
  await update(mounted.element);
}

describe('usage-range-picker', () => {
  it('is accessible, open or not', async () => {
    const mounted = await mountPicker();
    await expectAccessible(mounted.element);
    await openPanel(mounted);
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

  it('follows now: the same preset requests later instants later', async () => {
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

  it('has a fixed width in a row, and does not move when the panel opens', async () => {
    const mounted = await mountPicker();
    const { element, provider } = mounted;
    provider.style.setProperty('display', 'flex');
    expect(element.offsetWidth).to.be.above(250);
    const { width, height } = element.getBoundingClientRect();
    await openPanel(mounted);
    const after = element.getBoundingClientRect();
    expect([after.width, after.height]).to.deep.equal([width, height]);
  });

  it('shows one month that fits on a phone', async () => {
    await setViewport({ width: 320, height: 640 });
    const mounted = await mountPicker();
    await openPanel(mounted);
    const { left, right } = mounted.query('.range-panel').getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(320);
    const shown = mounted.queryAll('.month').filter((month) => month.offsetWidth > 0);
    expect(shown).to.have.length(1);
    await sendKeys({ press: 'PageUp' });
    await update(mounted.element);
    expect(getFocused(mounted)).to.equal('2026-10-22');
    await setViewport({ width: 800, height: 600 });
  });

  it('does not change the range when the page cancels', async () => {
    const mounted = await mountPicker();
    mounted.provider.addEventListener('usage-range-change', (event) => event.preventDefault());
    press(mounted, '90 days');
    await update(mounted.element);
    expect(mounted.provider.from).to.equal(undefined);
  });

  it('shows what was pressed while the page sets the range itself, and not for long if it does not', async () => {
    const mounted = await mountPicker();
    const { provider, query } = mounted;
    const pressed = (): string | undefined => query('[aria-pressed="true"]').textContent?.trim();
    provider.addEventListener('usage-range-change', (event) => event.preventDefault());
    press(mounted, '90 days');
    await update(mounted.element);
    expect(pressed()).to.equal('90 days');
    provider.from = 'last-7-days';
    await update(mounted.element);
    expect(pressed()).to.equal('7 days');
    press(mounted, '90 days');
    await update(mounted.element);
    expect(pressed()).to.equal('90 days');
    await waitUntil(() => pressed() === '7 days', 'the range before');
  });

  it('takes two days that are typed, and refuses them in the wrong order', async () => {
    const mounted = await mountPicker();
    const { element, provider, query, text } = mounted;
    await openPanel(mounted);
    expect(readDays(mounted)).to.equal('2026-10-24 2026-11-22');
    const submit = async (from: string, to: string): Promise<void> => {
      for (const [name, value] of Object.entries({ from, to })) {
        const field = query<HTMLInputElement>(`[name="${name}"]`);
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      query<HTMLFormElement>('form').requestSubmit();
      await update(element);
    };
    await submit('2026-11-10', '2026-11-01');
    expect(text()).to.contain('must not be after');
    expect(provider.from).to.equal(undefined);
    await submit('2024-11-10', '2026-11-01');
    expect(text()).to.contain('At most 400 days.');
    await submit('2026-11-01', '2026-11-10');
    expect(provider.from).to.equal('2026-11-01');
    expect(provider.to).to.equal('2026-11-10');
    expect(query('.range-panel').matches(':popover-open')).to.equal(false);
    await update(element);
    expect(
      query('.segments button:last-child').textContent?.replaceAll(/\s/g, ' ').trim(),
    ).to.equal('Nov 1 – 10, 2026');
  });

  it('takes two days that are clicked, in either order', async () => {
    const mounted = await mountPicker();
    const { element, provider, query } = mounted;
    await openPanel(mounted);
    await clickDay(mounted, '2026-11-12');
    expect(readDays(mounted)).to.equal('2026-11-12 2026-11-12');
    query('[data-day="2026-11-05"]').dispatchEvent(new MouseEvent('mouseenter'));
    await update(element);
    expect(mounted.queryAll('.between')).to.have.length(6);
    await clickDay(mounted, '2026-11-05');
    expect(readDays(mounted)).to.equal('2026-11-05 2026-11-12');
    expect(query('.range-note').textContent).to.contain('8 days');
    query<HTMLFormElement>('form').requestSubmit();
    await update(element);
    expect([provider.from, provider.to]).to.deep.equal(['2026-11-05', '2026-11-12']);
  });

  it('is used by keyboard: days, weeks and months by arrows and pages, no day of the future', async () => {
    const mounted = await mountPicker();
    await openPanel(mounted);
    const walk: (string | undefined)[] = [getFocused(mounted)];
    for (const key of ['ArrowRight', 'ArrowUp', 'Home', 'PageUp', 'PageUp', 'ArrowLeft']) {
      await sendKeys({ press: key });
      await update(mounted.element);
      walk.push(getFocused(mounted));
    }
    expect(walk).to.deep.equal([
      '2026-11-22',
      '2026-11-22',
      '2026-11-15',
      '2026-11-15',
      '2026-10-15',
      '2026-09-15',
      '2026-09-14',
    ]);
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await update(mounted.element);
    expect(readDays(mounted)).to.equal('2026-09-14 2026-09-21');
    await sendKeys({ press: 'Escape' });
    await update(mounted.element);
    expect(mounted.query('.range-panel').matches(':popover-open')).to.equal(false);
    expect(mounted.provider.from).to.equal(undefined);
    expect(mounted.element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Custom');
  });

  it('closes when its button is pressed again, and opens with the days of the range', async () => {
    const mounted = await mountPicker();
    const { element, query } = mounted;
    await openPanel(mounted);
    await clickDay(mounted, '2026-11-12');
    const button = query('.segments button:last-child');
    const { left, top } = button.getBoundingClientRect();
    const press: [number, number] = [Math.round(left + 8), Math.round(top + 8)];
    await sendMouse({ type: 'click', position: press });
    await update(element);
    expect(query('.range-panel').matches(':popover-open')).to.equal(false);
    await sendMouse({ type: 'click', position: press });
    await update(element);
    expect(query('.range-panel').matches(':popover-open')).to.equal(true);
    expect(readDays(mounted)).to.equal('2026-10-24 2026-11-22');
    await resetMouse();
  });
});
