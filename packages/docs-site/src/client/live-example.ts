import { World } from '@usage-kit/testing/world';
import { isMockMode } from '@usage-kit/testing/mock-client';
import type { UsageProvider } from '@usage-kit/widgets';
import { loadElements } from './load-elements.ts';

/** Shows every example of the page, and again when its reader chooses another state of the server. */
export function showExamples(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('[data-example]')) {
    const select = figure.querySelector<HTMLSelectElement>('[data-state]');
    void showExample(figure, 'ok');
    select?.addEventListener('change', () => void showExample(figure, select.value));
  }
}

/** Puts the elements of an example into the page, with a client that answers from fixtures: nothing is sent. */
async function showExample(figure: HTMLElement, mode: string): Promise<void> {
  const stage = figure.querySelector('[data-stage]');
  if (stage === null || !isMockMode(mode)) return;
  const template = document.createElement('template');
  template.innerHTML = figure.dataset['example'] ?? '';
  const { content } = template;
  await loadElements(content);
  // Defined by now, so that its properties are set before anything below it asks for data.
  const provider = content.querySelector<UsageProvider>('usage-provider');
  if (provider === null) throw new Error('An example has a usage-provider.');
  customElements.upgrade(provider);
  const world = new World({ mode });
  provider.client = world.client;
  provider.store = world.store;
  provider.timeZone = 'UTC';
  stage.replaceChildren(content);
}
