import type { Source } from '../import/source.js';

/** A figure of a report that can be compared. */
export type Figure = 'cost' | 'calls' | 'inputTokens' | 'outputTokens';

/** How a provider's report of costs or usage by day and model is read. */
export interface ReportFormat {
  /** The files, for messages. */
  files: string;
  /** The provider of calls that can be in it; `null`: of any provider, through a gateway. */
  provider: string | null;
  /** Start of the row's period: a day, or a time in milliseconds or as text. */
  day: Source;
  /** A model, or a text that begins with one and a comma. */
  model: Source;
  currency?: Source;
  figures: Partial<Record<Figure, Source>>;
}

const OPENAI_START: Source = [{ path: 'start_time', unit: 's' }, 'start_time_iso'];

const ANTHROPIC_INPUT = [
  'uncached_input_tokens',
  'cache_creation.ephemeral_5m_input_tokens',
  'cache_creation.ephemeral_1h_input_tokens',
  'cache_read_input_tokens',
  'usage_input_tokens_no_cache',
  'usage_input_tokens_cache_write_5m',
  'usage_input_tokens_cache_write_1h',
  'usage_input_tokens_cache_read',
];

/** The values of `usage-kit reconcile --from`. */
export const REPORT_FORMATS: Readonly<Record<string, ReportFormat>> = {
  'openai-costs': {
    files: 'costs of OpenAI',
    provider: 'openai',
    day: OPENAI_START,
    model: 'line_item',
    currency: ['amount.currency', 'amount_currency'],
    figures: { cost: ['amount.value', 'amount_value'] },
  },
  'openai-usage': {
    files: 'usage of OpenAI',
    provider: 'openai',
    day: OPENAI_START,
    model: 'model',
    figures: {
      calls: 'num_model_requests',
      inputTokens: 'input_tokens',
      outputTokens: 'output_tokens',
    },
  },
  'anthropic-costs': {
    files: 'costs of Anthropic',
    provider: 'anthropic',
    day: ['starting_at', 'usage_date_utc'],
    model: ['model', 'model_version'],
    currency: 'currency',
    // In cents.
    figures: { cost: [{ path: 'amount', per: 100 }, 'cost_usd'] },
  },
  'anthropic-usage': {
    files: 'usage of Anthropic',
    provider: 'anthropic',
    day: ['starting_at', 'usage_date_utc'],
    model: ['model', 'model_version'],
    figures: {
      inputTokens: { sum: ANTHROPIC_INPUT },
      outputTokens: ['output_tokens', 'usage_output_tokens'],
    },
  },
  openrouter: {
    files: 'activity of OpenRouter',
    provider: null,
    day: ['created_at', 'date'],
    model: ['model_permaslug', 'model'],
    figures: {
      cost: ['cost_total', 'usage'],
      calls: ['requests', { value: '1', when: { path: 'generation_id' } }],
      inputTokens: ['tokens_prompt', 'prompt_tokens'],
      outputTokens: ['tokens_completion', 'completion_tokens'],
    },
  },
  vercel: {
    files: 'spend of the Vercel AI Gateway',
    provider: null,
    day: 'day',
    model: 'model',
    figures: {
      cost: 'total_cost',
      calls: 'request_count',
      inputTokens: 'input_tokens',
      outputTokens: 'output_tokens',
    },
  },
};
