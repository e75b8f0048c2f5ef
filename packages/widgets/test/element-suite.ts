import { expect } from '@open-wc/testing';
import { expectAccessible } from './expect-accessible.js';
import type { TemplateResult } from 'lit';
import { recordEvents, mount, update, type MountOptions } from './mount.js';

/** What differs between elements in the states that all of them have. */
export interface SuiteOptions {
  render: () => TemplateResult;
  /** Seen when the fixtures are shown. */
  readyText: RegExp;
  readyTextZh: RegExp;
  /** Seen when there is nothing to show; missing: the element has no empty state. */
  emptyText?: RegExp;
  isPolled?: boolean;
}

/** The states that every element with a query has, as `pages.md` lists them. */
export function describeStates(tag: string, options: SuiteOptions): void {
  const { render, readyText, readyTextZh, emptyText, isPolled = false } = options;
  const shows = async (mountOptions: MountOptions, text: RegExp): Promise<void> => {
    const { element, text: seen } = await mount(render(), mountOptions);
    expect(seen()).to.match(text);
    expect(
      element.shadowRoot?.querySelector(
        '[style]:not(canvas):not(.tooltip):not(.chart-probe):not(.meter-fill)',
      ),
    ).to.equal(null);
    await expectAccessible(element);
  };

  describe(`${tag}, in every state`, () => {
    it('shows its figures', () => shows({}, readyText));
    it('shows its figures in Chinese', () => shows({ locale: 'zh' }, readyTextZh));
    it('is accessible in the dark', async () => {
      const { style } = document.documentElement;
      style.colorScheme = 'dark';
      style.background = '#0e1014';
      await shows({}, readyText);
      await shows({ mode: 'error' }, /could not be loaded/);
      style.colorScheme = '';
      style.background = '';
    });
    if (emptyText !== undefined) {
      it('says why it is empty', () => shows({ mode: 'empty' }, emptyText));
      it('does not keep room for what is not there', async () => {
        const { query } = await mount(render(), { mode: 'empty' });
        expect(query('.stack').offsetHeight).to.be.at.most(160);
      });
    }
    it('says that it is loading', async () => {
      const { queryAll } = await mount(render(), { mode: 'slow' });
      expect(queryAll('[part="skeleton"]')).to.have.length(1);
      expect(
        queryAll('[role="status"]').some((node) => node.textContent?.includes('Loading')),
      ).to.equal(true);
    });
    it('says what failed, with the request id', () =>
      shows({ mode: 'error' }, /could not be loaded.*Try again.*req_7Hq2mZ4c/));
    it('shows nothing behind what failed', async () => {
      const { element } = await mount(render(), { mode: 'error' });
      const spacers = [...(element.shadowRoot?.querySelectorAll('.spacer *') ?? [])];
      const isSeen = (spacer: Element): boolean =>
        [null, '::before', '::after'].some((pseudo) => {
          const { visibility, content } = getComputedStyle(spacer, pseudo);
          return visibility === 'visible' && (pseudo === null || content !== 'none');
        });
      expect(spacers.filter(isSeen)).to.deep.equal([]);
    });
    it('says that the reader is signed out', () => shows({ mode: 'signed-out' }, /signed out/));
    it('says that access is forbidden', () =>
      shows({ mode: 'forbidden' }, /You don’t have access.*req_9Lk1pT8v/));
    it('says when it tries again after too many requests', () =>
      shows({ mode: 'rate-limited' }, /Too many requests.*Retrying at/));
    it('says that the page is offline, and loads when it is not', async () => {
      const { element, ports, text } = await mount(render(), { isOnline: false });
      expect(text()).to.match(/You are offline/);
      await ports.connect(true);
      await update(element);
      expect(text()).to.match(readyText);
    });
    it('keeps its size from loading to failing, up to a screen', async () => {
      const loading = await mount(render(), { mode: 'slow' });
      const { height } = loading.element.getBoundingClientRect();
      const failed = await mount(render(), { mode: 'error' });
      const failedHeight = failed.element.getBoundingClientRect().height;
      // A page of rows is taller than a failure should be.
      if (height <= 800) expect(failedHeight).to.equal(height);
      else expect(failedHeight).to.be.within(320, 800);
    });
    it('tells when its data is from and in which zone, on its face only while it polls', async () => {
      const { query, text } = await mount(render());
      const frame = query('[aria-describedby="freshness"]');
      expect(query('#freshness').textContent).to.match(/^Updated .+ · UTC$/);
      expect(frame.localName).to.equal('section');
      expect(/Updated/.test(text())).to.equal(isPolled);
    });
    it('says inside the card that its data is old, and nothing moves', async () => {
      const { element, ports, query, text } = await mount(render());
      const { height } = element.getBoundingClientRect();
      await ports.connect(false);
      await update(element);
      expect(text()).to.match(/Offline\. Showing data from/);
      const card = query('.card, .frame').getBoundingClientRect();
      expect(query('.problem').getBoundingClientRect().bottom).to.be.below(card.bottom);
      expect(element.getBoundingClientRect().height).to.equal(height);
      await expectAccessible(element);
    });
    it('fires usage-load, usage-error and usage-auth-required through shadow roots', async () => {
      const heard = async (mode: MountOptions['mode'], name: string): Promise<number> =>
        (
          await recordEvents(document, name, () =>
            mount(render(), mode === undefined ? {} : { mode }),
          )
        ).length;
      expect(await heard('ok', 'usage-load')).to.equal(1);
      expect(await heard('error', 'usage-error')).to.equal(1);
      expect(await heard('signed-out', 'usage-auth-required')).to.equal(1);
      expect(await heard('error', 'usage-auth-required')).to.equal(0);
    });
    if (isPolled) {
      it('can be slowed down and paused (WCAG 2.2.2)', async () => {
        const { element, query, store } = await mount(render());
        const select = query<HTMLSelectElement>('[part="poll"] select');
        select.value = 'paused';
        select.dispatchEvent(new Event('change'));
        await update(element);
        expect(store.pollRate).to.equal('paused');
      });
    }
  });
}
