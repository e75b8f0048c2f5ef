import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mountFiltered, type FilteredCalls } from '../../../test/mount-calls.js';
import { update } from '../../../test/mount.js';
import { waitUntil } from '../../test-support/wait-until.js';

describe('columns of calls', () => {
  const headings = ({ queryAll }: FilteredCalls): string[] =>
    queryAll('th').map((heading) => heading.innerText.trim());

  async function openMenu(mounted: FilteredCalls): Promise<HTMLInputElement[]> {
    mounted.query('.columns-button').click();
    const boxes = (): HTMLInputElement[] =>
      mounted.queryAll('.columns-panel input') as HTMLInputElement[];
    await waitUntil(
      () => boxes().length > 0 && mounted.element.shadowRoot?.activeElement === boxes()[0],
      'the menu',
    );
    await update(mounted.element);
    return boxes();
  }

  it('are chosen in a menu, stay chosen, and are set back', async () => {
    const mounted = await mountFiltered();
    const { element, query } = mounted;
    const before = headings(mounted);
    const boxes = await openMenu(mounted);
    await expectAccessible(element);
    expect(query('.columns-button').getAttribute('aria-expanded')).to.equal('true');
    expect(boxes.filter(({ checked }) => !checked)).to.have.length(3);
    boxes[1]?.click();
    boxes[4]?.click();
    await update(element);
    expect(headings(mounted)).to.include('Provider').and.not.to.include('ID');
    expect(element.viewState).to.deep.equal({
      columns: 'status,time,model,provider,type,tokens,duration,cost',
    });
    query('[part="columns-reset"]').click();
    await update(element);
    expect(headings(mounted)).to.deep.equal(before);
    expect(element.viewState).to.deep.equal({});
  });

  it('are gone through with arrow keys; Escape closes the menu', async () => {
    const mounted = await mountFiltered();
    const { element, query } = mounted;
    const boxes = await openMenu(mounted);
    await sendKeys({ press: 'ArrowUp' });
    expect(element.shadowRoot?.activeElement === boxes.at(-1)).to.equal(true);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Space' });
    await update(element);
    expect(headings(mounted)).not.to.include('Time');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !query('.columns-panel').matches(':popover-open'), 'the end of the menu');
    expect(element.shadowRoot?.activeElement === query('.columns-button')).to.equal(true);
  });

  it('come from a link; an unknown one is left out, and none is the default', async () => {
    const mounted = await mountFiltered({ columns: 'cost,odd,traceId' });
    expect(headings(mounted)).to.deep.equal(['Status', 'Trace ID', 'Credits']);
    mounted.element.viewState = { columns: 'status' };
    await update(mounted.element);
    expect(headings(mounted)).to.deep.equal(['Status']);
    mounted.element.viewState = { columns: 'odd' };
    await update(mounted.element);
    expect(headings(mounted)).to.have.length(8);
  });

  it('scroll where they are wider than the card, which does not grow', async () => {
    const mounted = await mountFiltered({
      columns: 'time,id,traceId,model,provider,type,tokens,duration,firstToken,cost',
    });
    const { element, query } = mounted;
    element.style.width = '760px';
    await update(element);
    expect(query('.wide').scrollWidth).to.be.above(query('.wide').clientWidth);
    expect(element.scrollWidth).to.equal(760);
    await expectAccessible(element);
    element.style.width = '320px';
    await update(element);
    expect(element.scrollWidth).to.be.at.most(320);
    await expectAccessible(element);
  });
});

describe('menus of calls', () => {
  for (const [name, selector] of [
    ['columns', '.columns-button'],
    ['models', '.filter .values-button'],
  ] as const) {
    it(`of ${name} closes when its button is pressed again`, async () => {
      const mounted = await mountFiltered();
      const { left, top } = mounted.query(selector).getBoundingClientRect();
      const position: [number, number] = [Math.round(left + 6), Math.round(top + 6)];
      const isOpen = (): boolean =>
        mounted.queryAll('.box-panel').some((panel) => panel.matches(':popover-open'));
      for (const expected of [true, false, true]) {
        await sendMouse({ type: 'click', position });
        await waitUntil(() => isOpen() === expected, expected ? 'the menu' : 'its end');
        await update(mounted.element);
        expect(isOpen()).to.equal(expected);
      }
      await resetMouse();
    });
  }
});
