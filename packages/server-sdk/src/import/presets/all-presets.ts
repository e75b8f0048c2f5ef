import { NEW_API, OPENROUTER, PORTKEY, VERCEL } from './gateways.js';
import { LITELLM } from './litellm.js';
import { OTLP } from './otlp.js';
import type { Preset } from './preset.js';
import { HELICONE, LANGFUSE } from './tracers.js';

/** The values of `usage-kit import --from`. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  litellm: LITELLM,
  openrouter: OPENROUTER,
  langfuse: LANGFUSE,
  helicone: HELICONE,
  'new-api': NEW_API,
  portkey: PORTKEY,
  vercel: VERCEL,
  otlp: OTLP,
  'openai-usage': { files: 'a usage report of OpenAI', mapping: null },
  'openai-costs': { files: 'a bill of OpenAI', mapping: null },
  'anthropic-costs': { files: 'a bill of Anthropic', mapping: null },
  'anthropic-usage': { files: 'a usage report of Anthropic', mapping: null },
};
