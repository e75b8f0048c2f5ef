import {
  setCustomElementsManifest,
  type Decorator,
  type Preview,
} from '@storybook/web-components-vite';
import { html } from 'lit';
import manifest from 'virtual:custom-elements';
import '../packages/widgets/src/define.js';
import { isMockMode } from '@usage-kit/testing/mock-client';
import './preview.css';
import { createWorld, type WorldOptions } from '@usage-kit/testing/world';

// Attributes, events, slots, parts and custom properties of the docs pages.
setCustomElementsManifest(manifest);

const WIDTHS: Readonly<Record<string, string>> = { full: '', phone: '375px', small: '320px' };

const withUsage: Decorator = (story, { id, globals, parameters }) => {
  const options = (parameters['usage'] ?? {}) as WorldOptions;
  const network = String(globals['network']);
  // What a story is about wins over the toolbar.
  const mode = options.mode ?? (isMockMode(network) ? network : 'ok');
  const isOnline = options.isOnline ?? network !== 'offline';
  const { client, store } = createWorld(`${id} ${network}`, { ...options, mode, isOnline });
  const { documentElement: root, body } = document;
  root.style.colorScheme = String(globals['theme']);
  root.dataset['theme'] = String(globals['theme']);
  root.lang = String(globals['locale']);
  root.dir = String(globals['direction']);
  body.style.maxInlineSize = WIDTHS[String(globals['width'])] ?? '';
  return html`<usage-provider time-zone="UTC" .client=${client} .store=${store}
    >${story()}</usage-provider
  >`;
};

/** A choice in the toolbar. */
const toolbar = (
  title: string,
  icon: 'mirror' | 'globe' | 'mobile' | 'lightning' | 'transfer',
  items: string[],
): NonNullable<Preview['globalTypes']>[string] => ({
  description: title,
  toolbar: { title, icon, items, dynamicTitle: true },
});

const preview: Preview = {
  decorators: [withUsage],
  tags: ['autodocs'],
  parameters: { layout: 'padded', a11y: { test: 'error' } },
  initialGlobals: {
    theme: 'light',
    locale: 'en',
    direction: 'ltr',
    width: 'full',
    network: 'ok',
  },
  globalTypes: {
    theme: toolbar('Theme', 'mirror', ['light', 'dark']),
    locale: toolbar('Language', 'globe', ['en', 'zh', 'de', 'ar']),
    direction: toolbar('Direction', 'transfer', ['ltr', 'rtl']),
    width: toolbar('Width', 'mobile', ['full', 'phone', 'small']),
    network: toolbar('Network', 'lightning', [
      'ok',
      'slow',
      'offline',
      'error',
      'rate-limited',
      'signed-out',
    ]),
  },
};

export default preview;
