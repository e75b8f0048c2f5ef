import {
  setCustomElementsManifest,
  type Decorator,
  type Preview,
} from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import manifest from 'virtual:custom-elements';
import '../packages/widgets/src/define.js';
import { isMockMode } from '@usage-kit/testing/mock-client';
import { applyArgs, toArgTypes, toDefaultArgs } from './controls.js';
import './preview.css';
import { createWorld, type WorldOptions } from '@usage-kit/testing/world';

// Attributes, events, slots, parts and custom properties of the docs pages.
setCustomElementsManifest(manifest);

const WIDTHS: Readonly<Record<string, string>> = { full: '', phone: '375px', small: '320px' };

const withUsage: Decorator = (story, { id, globals, parameters, component, args, initialArgs }) => {
  const setControls = (provider?: Element): void => {
    // The story's element is rendered into the provider after this call.
    queueMicrotask(() => {
      const element = component === undefined ? null : provider?.querySelector(component);
      if (element != null) applyArgs(element, args, initialArgs);
    });
  };
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
  return html`<usage-provider time-zone="UTC" .client=${client} .store=${store} ${ref(setControls)}
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
  // Another story sets attributes itself: its controls begin unset, not with what the story does not show.
  argsEnhancers: [
    ({ name, component, argTypes }) =>
      component !== undefined && name === 'Ready' ? toDefaultArgs(argTypes) : {},
  ],
  tags: ['autodocs'],
  parameters: {
    layout: 'padded',
    a11y: { test: 'error' },
    docs: { extractArgTypes: (tagName: string) => toArgTypes(manifest, tagName) },
    options: { storySort: { order: ['Start', 'Theme', 'States', 'Elements', 'Pages'] } },
  },
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
