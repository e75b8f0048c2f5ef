import type { TemplateResult } from 'lit';

/** The part of a Storybook story that the stories here use; the decorator in `.storybook/preview.ts` reads the rest. */
export interface ElementStory {
  render(): TemplateResult;
  parameters?: {
    usage?: { mode?: string; isOnline?: boolean; overrides?: object };
    theme?: 'light' | 'dark';
    width?: 'full' | 'phone' | 'small';
  };
}

/** Stories that every element has; `usage` of the mode, theme and width are read by the decorator. */
export function createStories(
  render: () => TemplateResult,
): Record<
  | 'Ready'
  | 'Loading'
  | 'Empty'
  | 'Failed'
  | 'SignedOut'
  | 'Forbidden'
  | 'RateLimited'
  | 'Offline'
  | 'Narrow'
  | 'Dark',
  ElementStory
> {
  const inMode = (mode: string): ElementStory => ({ render, parameters: { usage: { mode } } });
  return {
    Ready: { render },
    Loading: inMode('slow'),
    Empty: inMode('empty'),
    Failed: inMode('error'),
    SignedOut: inMode('signed-out'),
    Forbidden: inMode('forbidden'),
    RateLimited: inMode('rate-limited'),
    Offline: { render, parameters: { usage: { isOnline: false } } },
    Narrow: { render, parameters: { width: 'phone' } },
    Dark: { render, parameters: { theme: 'dark' } },
  };
}
