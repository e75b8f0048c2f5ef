import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../packages/widgets/src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal(vite) {
    // Sources, not builds: a story shows the code as it is in the working tree.
    vite.resolve = { ...vite.resolve, conditions: ['source', 'module', 'browser', 'production'] };
    return vite;
  },
};

export default config;
