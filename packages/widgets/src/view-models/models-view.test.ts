import type { ModelItem } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { PROJECT_MODELS } from '@usage-kit/testing/fixtures/project-models';
import { getLocalizer } from '../locales/localizer.js';
import { toModelSlices } from './models-view.js';

const localizer = getLocalizer('en');

describe('toModelSlices', () => {
  it('folds the long tail into one slice, and loses nothing', () => {
    const slices = toModelSlices(PROJECT_MODELS, localizer);
    expect(slices.map(({ label }) => label).at(-1)).toBe('Other (3)');
    expect(slices).toHaveLength(6);
    expect(slices.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
  });

  it('does not fold a single model', () => {
    const six = { ...PROJECT_MODELS, items: PROJECT_MODELS.items.slice(0, 6) };
    expect(toModelSlices(six, localizer).map(({ label }) => label)).toContain('qwen3-max');
  });

  it('names all providers of a model, and none where none is known', () => {
    const [first] = PROJECT_MODELS.items;
    const title = (
      provider: string | null,
      providers?: string[],
      providerNames?: string[],
    ): string | undefined => {
      const items = [{ ...first!, ...({ provider, providers, providerNames } as ModelItem) }];
      return toModelSlices({ ...PROJECT_MODELS, items }, localizer)[0]?.title;
    };
    expect(title(null, ['azure', 'openai'])).toBe('azure, openai / gpt-5-mini');
    expect(title(null, [])).toBe('gpt-5-mini');
    expect(title(null, ['azure', 'openai'], ['Azure', 'openai'])).toBe(
      'Azure, openai / gpt-5-mini',
    );
    expect(title('openai')).toBe('openai / gpt-5-mini');
  });
});
