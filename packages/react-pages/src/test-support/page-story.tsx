import { createTheme, ThemeProvider } from '@mui/material/styles';
import Box from '@mui/material/Box';
import type { UsageClient } from '@usage-kit/widgets';
import type { TemplateResult } from 'lit';
import { StrictMode, type ReactElement } from 'react';
import { reactStory } from './react-story.js';
import { currentWorld } from '@usage-kit/testing/world';
import { UsageProvider } from '../index.js';

/** What Storybook hands to a story of a page. */
interface StoryContext {
  globals: Readonly<Record<string, unknown>>;
}

/** A page as Storybook shows it; the decorator in `.storybook/preview.ts` reads the parameters. */
export interface PageStory {
  render(args: unknown, context: StoryContext): TemplateResult;
  play?(context: { canvasElement: HTMLElement }): Promise<void>;
  parameters: { usage: { mode?: string; overrides?: Partial<UsageClient> } };
}

const themes = {
  light: createTheme({ palette: { mode: 'light' } }),
  dark: createTheme({ palette: { mode: 'dark' } }),
};

/** A page in an app with MUI's own theme, in the toolbar's scheme and language. */
export function createPageStory(
  page: ReactElement,
  usage: PageStory['parameters']['usage'] = {},
): PageStory {
  return {
    parameters: { usage },
    render(_args, { globals }) {
      const { client, store } = currentWorld();
      return reactStory(
        <StrictMode>
          <ThemeProvider theme={globals['theme'] === 'dark' ? themes.dark : themes.light}>
            <Box sx={{ color: 'text.primary', bgcolor: 'background.default' }}>
              <UsageProvider
                client={client}
                store={store}
                timeZone="UTC"
                locale={String(globals['locale'])}
              >
                {page}
              </UsageProvider>
            </Box>
          </ThemeProvider>
        </StrictMode>,
      );
    },
  };
}

/** A client method that always fails, for one part of a page. */
export const failing = (): Promise<never> => Promise.reject(new Error('Made to fail by a story.'));
