import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mountFiltered, openValues, type FilteredCalls } from '../../../test/mount-calls.js';
import { update } from '../../../test/mount.js';
import { waitUntil } from '../../test-support/wait-until.js';

describe('filters of calls on a narrow element', () => {
  /** Opens the sheet, and waits until it stands still: half transparent, its text has no contrast. */
  async function openSheet(mounted: FilteredCalls): Promise<HTMLDialogElement> {
    mounted.element.style.width = '360px';
    const toggle = mounted.query('.filters-toggle');
    toggle.focus();
    toggle.click();
    const find = (): HTMLDialogElement | null | undefined =>
      mounted.element.shadowRoot?.querySelector<HTMLDialogElement>('.sheet');
    await waitUntil(() => find()?.matches(':modal') === true, 'the sheet');
    const sheet = find()!;
    await Promise.all(sheet.getAnimations().map((animation) => animation.finished));
    return sheet;
  }

  const isToggleFocused = ({ element, query }: FilteredCalls): boolean =>
    element.shadowRoot?.activeElement === query('.filters-toggle');

  it('are in a sheet, which keeps the keyboard of a phone away until a field is touched', async () => {
    const mounted = await mountFiltered({ search: '0199', status: 'failed' });
    const { element, query, queryAll } = mounted;
    expect(query('.filters-toggle').innerText.trim()).to.equal('Filters (2)');
    const sheet = await openSheet(mounted);
    await expectAccessible(element);
    expect(element.shadowRoot?.activeElement === sheet).to.equal(true);
    expect(query<HTMLInputElement>('.search input').value).to.equal('0199');
    const { bottom, width } = sheet.getBoundingClientRect();
    expect([Math.round(bottom), Math.round(width)]).to.deep.equal([
      ...[window.innerHeight, Math.min(window.innerWidth, 640)],
    ]);
    query('[part="filter-done"]').click();
    await waitUntil(() => queryAll('.sheet').length === 0, 'the end of the sheet');
    await waitUntil(() => isToggleFocused(mounted), 'the focus');
    expect(query<HTMLInputElement>('.search input').value).to.equal('0199');
  });

  it('have their menus in the sheet; Escape closes the menu first', async () => {
    const mounted = await mountFiltered();
    const { element, queryAll } = mounted;
    const sheet = await openSheet(mounted);
    const rows = await openValues(mounted, 'status');
    const active = (): Element | null | undefined => element.shadowRoot?.activeElement;
    await waitUntil(() => active() === rows[0]?.querySelector('input'), 'the focus');
    await sendKeys({ press: 'Space' });
    await update(element);
    expect(element.viewState).to.deep.equal({ status: 'success' });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => active() === mounted.query('[data-filter="status"]'), 'the button');
    expect(sheet.open).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => queryAll('.sheet').length === 0, 'the end of the sheet');
    expect(isToggleFocused(mounted)).to.equal(true);
  });

  it('have menus that end where their buttons do, also after they became wider with the counts', async () => {
    const mounted = await mountFiltered();
    await openSheet(mounted);
    await openValues(mounted, 'model');
    const [menu, button] = ['.values-panel', '[data-filter="model"]'].map((selector) =>
      mounted.query(selector).getBoundingClientRect(),
    );
    expect(menu?.right).to.be.closeTo(button?.right ?? 0, 1);
  });

  it('are taken away together, and a search that is typed is not lost with the sheet', async () => {
    const mounted = await mountFiltered({ status: 'failed' });
    const { element, query, queryAll, search, chips } = mounted;
    const sheet = await openSheet(mounted);
    query('.sheet-foot .button').click();
    await update(element);
    expect(element.viewState).to.deep.equal({});
    expect(queryAll('.sheet-foot .button')).to.have.length(1);
    expect(sheet.contains(element.shadowRoot?.activeElement ?? null)).to.equal(true);
    await search('0199');
    expect(chips()).to.deep.equal(['ID: 0199']);
    sheet.close();
    await waitUntil(() => queryAll('.sheet').length === 0, 'the end of the sheet');
    expect(query<HTMLInputElement>('.search input').value).to.equal('0199');
  });

  it('close by a click outside, and with the element', async () => {
    const mounted = await mountFiltered();
    const { element, queryAll } = mounted;
    await openSheet(mounted);
    await sendMouse({ type: 'click', position: [10, 10] });
    await waitUntil(() => queryAll('.sheet').length === 0, 'the end of the sheet');
    await openSheet(mounted);
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    await update(element);
    expect(queryAll('.sheet')).to.deep.equal([]);
    await resetMouse();
  });
});
