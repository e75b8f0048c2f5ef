import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/web-components-vite';
import { describeManifest } from '../packages/widgets/scripts/lib/describe-manifest.mjs';
import { readTokens } from '../packages/widgets/scripts/lib/describe-tokens.mjs';

const WIDGETS = fileURLToPath(new URL('../packages/widgets', import.meta.url));
const MANIFEST = 'virtual:custom-elements';
const TOKENS = 'virtual:token-defaults';

/** The manifest and the tokens of the sources in the working tree, so that the docs need no build of the package. */
const manifestPlugin = {
  name: 'custom-elements-manifest',
  resolveId: (id: string) => ([MANIFEST, TOKENS].includes(id) ? `\0${id}` : null),
  async load(id: string) {
    if (id === `\0${TOKENS}`) return `export default ${JSON.stringify(readTokens(WIDGETS))}`;
    if (id !== `\0${MANIFEST}`) return null;
    const { manifest } = await describeManifest(WIDGETS);
    return `export default ${JSON.stringify(manifest)}`;
  },
};

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: [
    './*.mdx',
    './*.stories.ts',
    '../packages/widgets/src/**/*.stories.ts',
    '../packages/react-pages/src/**/*.stories.tsx',
  ],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal(vite) {
    // Sources, not builds: a story shows the code as it is in the working tree.
    vite.resolve = {
      ...vite.resolve,
      conditions: ['usage-kit-source', 'module', 'browser', 'production'],
    };
    vite.plugins = [...(vite.plugins ?? []), manifestPlugin];
    return vite;
  },
};

export default config;
