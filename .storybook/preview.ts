import type { Decorator, Preview } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../packages/widgets/src/define.js';
import { UsageStore } from '../packages/widgets/src/store/usage-store.js';
import { createFixedPorts } from './fixed-ports.js';
import { createMockClient, type MockMode } from './mock-client.js';
import './preview.css';

/** What a story may say about the world it is shown in. */
interface UsageParameters {
  mode?: MockMode;
  isOnline?: boolean;
  overrides?: Parameters<typeof createMockClient>[1];
}

const WIDTHS: Readonly<Record<string, string>> = { full: '', phone: '390px', small: '320px' };

const withUsage: Decorator = (story, { globals, parameters }) => {
  const {
    mode = 'ok',
    isOnline = true,
    overrides = {},
  } = (parameters['usage'] ?? {}) as UsageParameters;
  const theme = String(parameters['theme'] ?? globals['theme']);
  const width = String(parameters['width'] ?? globals['width']);
  document.documentElement.style.colorScheme = theme;
  document.documentElement.lang = String(globals['locale']);
  document.body.style.maxInlineSize = WIDTHS[width] ?? '';
  return html`<usage-provider
    time-zone="UTC"
    .client=${createMockClient(mode, overrides)}
    .store=${new UsageStore(createFixedPorts(isOnline))}
    >${story()}</usage-provider
  >`;
};

const preview: Preview = {
  decorators: [withUsage],
  parameters: { layout: 'padded', a11y: { test: 'error' } },
  initialGlobals: { theme: 'light', locale: 'en', width: 'full' },
  globalTypes: {
    theme: {
      description: 'Colour scheme',
      toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark'], dynamicTitle: true },
    },
    locale: {
      description: 'Language',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: ['en', 'zh', 'de', 'ar'],
        dynamicTitle: true,
      },
    },
    width: {
      description: 'Width of the container',
      toolbar: {
        title: 'Width',
        icon: 'mobile',
        items: ['full', 'phone', 'small'],
        dynamicTitle: true,
      },
    },
  },
};

export default preview;
