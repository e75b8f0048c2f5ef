import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { html } from 'lit';
import { mount, update, type Mounted } from '../../test/mount.js';
import type { UsageQuota } from '../elements/usage-quota/usage-quota.js';

const tipOf = ({ element }: Mounted<UsageQuota>): HTMLElement | null =>
  element.shadowRoot?.querySelector('.tip') ?? null;

/** Moves the pointer onto a part, the first time until the code is there. */
async function point(mounted: Mounted<UsageQuota>, part: string): Promise<HTMLElement> {
  const target = mounted.query(`[part~="${part}"]`);
  const { left, top, width, height } = target.getBoundingClientRect();
  for (let attempt = 0; attempt < 50 && tipOf(mounted) === null; attempt += 1) {
    await sendMouse({ type: 'move', position: [1, 1] });
    await sendMouse({
      type: 'move',
      position: [Math.round(left + width / 2), Math.round(top + height / 2)],
    });
    await update(mounted.element);
  }
  return target;
}

describe('tooltips', () => {
  afterEach(() => resetMouse());

  it('show a title in the look of the element, which has it again afterwards', async () => {
    const mounted = await mount<UsageQuota>(html`<usage-quota></usage-quota>`);
    const title = mounted.query('[part~="used"]').title;
    expect(title).not.to.equal('');
    const target = await point(mounted, 'used');
    const tip = tipOf(mounted);
    expect(tip?.textContent).to.equal(title);
    expect(tip?.matches(':popover-open')).to.equal(true);
    expect(target.hasAttribute('title')).to.equal(false);
    const box = tip?.getBoundingClientRect();
    expect(box?.bottom).to.be.at.most(target.getBoundingClientRect().top);
    await sendMouse({ type: 'move', position: [1, 1] });
    await update(mounted.element);
    expect(tipOf(mounted)).to.equal(null);
    expect(target.title).to.equal(title);
  });

  it('leave with Escape, and keep the title that was rendered meanwhile', async () => {
    const mounted = await mount<UsageQuota>(html`<usage-quota></usage-quota>`);
    const target = await point(mounted, 'total');
    target.title = 'newer';
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Escape' });
    await update(mounted.element);
    expect(tipOf(mounted)).to.equal(null);
    expect(target.title).to.equal('newer');
  });
});
