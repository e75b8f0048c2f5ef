import { html, type TemplateResult } from 'lit';
import { exportedFileFixture } from '@usage-kit/testing/fixtures/exported-file';
import { UsageRequestError } from '../client/usage-request-error.js';
import { find, getRoot, waitFor, type ElementStory } from '../test-support/story.js';

export default { title: 'Parts/Export Button', component: 'usage-projects' };

const render = (): TemplateResult => html`<usage-projects></usage-projects>`;

/** A story whose menu is open, and whose first format is chosen. */
const withFile = (exportFile: object, seen: string | null): ElementStory => ({
  render,
  parameters: { usage: { overrides: { exportFile } } },
  async play(context) {
    const root = await getRoot(context);
    await waitFor(() => root.querySelector('.export-button:not(:disabled)') !== null);
    (await find(root, '.export-button')).click();
    const item = await find(root, '[role="menuitem"]');
    if (seen === null) return;
    item.click();
    await find(root, seen);
  },
});
const endless = (): Promise<Response> =>
  Promise.resolve(
    new Response(
      new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(4_200_000)) }),
    ),
  );
const cut = (): Promise<Response> => Promise.resolve(exportedFileFixture('csv', false));

export const Idle: ElementStory = { render };
export const Open = withFile(endless, null);
export const Running = withFile(endless, '[part="export-cancel"]');
export const Failed = withFile(cut, '[part="export-retry"]');
const running = withFile(endless, '[part="export-cancel"]');
export const Cancelled: ElementStory = {
  ...running,
  parameters: {
    usage: {
      overrides: {
        exportFile: (_kind: string, _params: object, { signal }: { signal: AbortSignal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(new DOMException('Cancelled', 'AbortError'));
            });
          }),
      },
    },
  },
  async play(context) {
    await running.play?.(context);
    const root = await getRoot(context);
    (await find(root, '[part="export-cancel"]')).click();
    await find(root, '[role="menu"]');
  },
};

const refuse = (status: number) => (): Promise<Response> =>
  Promise.reject(
    new UsageRequestError('No.', { code: `HTTP_${status}`, status, retryable: false }),
  );

/** Another export of the person is in progress. */
export const Busy = withFile(refuse(429), '[part="export-retry"]');
/** The server has no files for the person: the button goes when that is read. */
export const NotAvailable = withFile(refuse(403), '.export-note');
