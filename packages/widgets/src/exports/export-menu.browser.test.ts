import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import { exportedFileFixture } from '@usage-kit/testing/fixtures/exported-file';
import { expectAccessible } from '../../test/expect-accessible.js';
import { mount, update, type Mounted, type MountOptions } from '../../test/mount.js';
import { waitUntil } from '../test-support/wait-until.js';
import type { UsageElement } from '../base/usage-element.js';
import type { UsageClient } from '../client/usage-client.js';
import { UsageRequestError } from '../client/usage-request-error.js';

type ExportFile = NonNullable<UsageClient['exportFile']>;
type Asked = Parameters<ExportFile>;

const ELEMENTS: [tag: string, kind: string, params: object, template: TemplateResult][] = [
  [
    'usage-projects',
    'projects',
    { sortBy: 'calls', sortOrder: 'desc', timeZone: 'UTC' },
    html`<usage-projects></usage-projects>`,
  ],
  [
    'usage-call-history',
    'calls',
    { appDid: 'chat', sortBy: 'time', sortOrder: 'desc' },
    html`<usage-call-history app-did="chat"></usage-call-history>`,
  ],
  ['usage-trends', 'trends', { granularity: 'day' }, html`<usage-trends></usage-trends>`],
  ['usage-quota-details', 'ledger', {}, html`<usage-quota-details></usage-quota-details>`],
];

/** Downloads of the page, which are not saved. */
function watchDownloads(): { names: string[]; stop: () => void } {
  const names: string[] = [];
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    names.push(this.download);
  };
  return { names, stop: () => (HTMLAnchorElement.prototype.click = click) };
}

async function openMenu(
  template: TemplateResult,
  options: MountOptions = {},
): Promise<Mounted<UsageElement> & { items: () => HTMLElement[] }> {
  const mounted = await mount<UsageElement>(template, options);
  mounted.query('.export-button').click();
  const items = (): HTMLElement[] => mounted.queryAll('[role="menuitem"]');
  await waitUntil(
    () => items().length > 0 && mounted.element.shadowRoot?.activeElement === items()[0],
    'the menu',
  );
  return { ...mounted, items };
}

describe('the export button', () => {
  let downloads: ReturnType<typeof watchDownloads>;
  beforeEach(() => {
    downloads = watchDownloads();
  });
  afterEach(() => {
    downloads.stop();
  });

  for (const [tag, kind, params, template] of ELEMENTS) {
    it(`of ${tag} saves what it shows`, async () => {
      const asked: Asked[] = [];
      const exportFile: ExportFile = (...args) => {
        asked.push(args);
        return Promise.resolve(exportedFileFixture(args[1].format));
      };
      const { items, element } = await openMenu(template, { overrides: { exportFile } });
      expect(items().map((item) => item.textContent?.trim())).to.deep.equal([
        'CSV',
        'CSV with semicolons',
        'Excel',
        'NDJSON',
      ]);
      await expectAccessible(element);
      items()[1]?.click();
      await waitUntil(() => downloads.names.length === 1, 'a download');
      expect(downloads.names).to.deep.equal(['usage-fixture.csv']);
      expect(asked[0]?.[0]).to.equal(kind);
      expect(asked[0]?.[1]).to.include({
        ...params,
        format: 'csv',
        delimiter: 'semicolon',
        decimal: 'comma',
      });
      await update(element);
      expect(element.shadowRoot?.querySelector('.export-panel:popover-open')).to.equal(null);
    });
  }

  const projects = html`<usage-projects></usage-projects>`;

  it('is walked by the keyboard, and closed by Escape', async () => {
    const { items, element } = await openMenu(projects);
    const active = (): string | undefined => element.shadowRoot?.activeElement?.textContent?.trim();
    expect(active()).to.equal('CSV');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(active()).to.equal('Excel');
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'ArrowDown' });
    expect(active()).to.equal('CSV');
    await sendKeys({ press: 'ArrowUp' });
    expect(active()).to.equal('NDJSON');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !items()[0]?.checkVisibility(), 'the menu closed');
    expect(element.shadowRoot?.activeElement)
      .to.have.property('className')
      .that.contains('export-button');
  });

  it('shows progress and can be cancelled', async () => {
    let signal: AbortSignal | undefined;
    const exportFile: ExportFile = (_kind, _params, options) => {
      signal = options?.signal;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new Uint8Array(1_500_000));
          signal?.addEventListener('abort', () => {
            controller.error(signal?.reason);
          });
        },
      });
      return Promise.resolve(new Response(body));
    };
    const { items, text, query, element } = await openMenu(projects, { overrides: { exportFile } });
    items()[0]?.click();
    await waitUntil(() => text().includes('1.5 MB received'), 'progress');
    await expectAccessible(element);
    query('[part="export-cancel"]').click();
    await waitUntil(() => text().includes('Cancelled. No file was saved.'), 'cancelled');
    expect([signal?.aborted, downloads.names]).to.deep.equal([true, []]);
    expect(items()).to.have.length(4);
  });

  it('saves nothing of a file that is not whole, and tries again', async () => {
    let tries = 0;
    const exportFile: ExportFile = (_kind, { format }) => {
      tries += 1;
      return Promise.resolve(exportedFileFixture(format, tries > 1));
    };
    const { items, text, query, element } = await openMenu(projects, { overrides: { exportFile } });
    items()[2]?.click();
    await waitUntil(() => text().includes('The file did not arrive whole'), 'failure');
    expect(downloads.names).to.deep.equal([]);
    await expectAccessible(element);
    query('[part="export-retry"]').click();
    await waitUntil(() => downloads.names.length === 1, 'a download');
    expect(downloads.names).to.deep.equal(['usage-fixture.xlsx']);
  });

  const refuse = (status: number): Pick<UsageClient, 'exportFile'> => ({
    exportFile: () =>
      Promise.reject(
        new UsageRequestError('No.', { code: 'SCOPE_FORBIDDEN', status, retryable: false }),
      ),
  });

  it('goes where the server has no files for the person', async () => {
    const { items, text, queryAll, element, query } = await openMenu(projects, {
      overrides: refuse(403),
    });
    items()[0]?.click();
    await waitUntil(() => text().includes('Files are not available here.'), 'the reason');
    query('.export-button').click();
    await waitUntil(() => queryAll('.export-button').length === 0, 'no button');
    await update(element);
  });

  it('says so also where the answer is there before the menu is', async () => {
    const { query, queryAll, text, element } = await mount<UsageElement>(projects, {
      overrides: refuse(403),
    });
    const { shadowRoot } = element;
    // The menu puts the focus on its first item while it opens.
    shadowRoot?.addEventListener(
      'focusin',
      () => shadowRoot.querySelector<HTMLElement>('[role="menuitem"]')?.click(),
      { once: true },
    );
    query('.export-button').click();
    await waitUntil(() => text().includes('Files are not available here.'), 'the reason');
    query('.export-button').click();
    await waitUntil(() => queryAll('.export-button').length === 0, 'no button');
  });

  it('says that another export is in progress', async () => {
    const { items, text } = await openMenu(projects, { overrides: refuse(429) });
    items()[0]?.click();
    await waitUntil(() => text().includes('Another export is in progress'), 'the reason');
  });

  it('waits for data, and can be left out', async () => {
    const loading = await mount(projects, { mode: 'slow' });
    expect(loading.query<HTMLButtonElement>('.export-button').disabled).to.equal(true);
    const hidden = await mount(html`<usage-projects no-export></usage-projects>`);
    expect(hidden.queryAll('.export-button')).to.have.length(0);
    const old = await mount(projects, { overrides: { exportFile: undefined } as never });
    expect(old.queryAll('.export-button')).to.have.length(0);
  });

  it('is in Chinese', async () => {
    const { text } = await openMenu(projects, { locale: 'zh' });
    expect(text()).to.contain('CSV（分号分隔）');
  });
});
