import type { CallType } from '@usage-kit/server-sdk/contract';

/** What a model is metered in, and how fast and how dear it is. Prices are whole 1e-8 credits, so that sums stay exact. */
export interface DemoModel {
  model: string;
  provider: string;
  type: CallType;
  /** Median time to the first byte, milliseconds. */
  ttfbMs: number;
  /** Output tokens a second once it writes; for unit-metered models, milliseconds a unit. */
  speed: number;
  /** Price of an input token, an output token and a unit, in 1e-8 credits. */
  inputPriceE8: number;
  outputPriceE8: number;
  unitPriceE8: number;
}

type ChatRow = readonly [
  provider: string,
  model: string,
  ttfbMs: number,
  speed: number,
  inputPriceE8: number,
  outputPriceE8: number,
];

const CHAT_ROWS: readonly ChatRow[] = [
  ['openai', 'gpt-4o', 480, 78, 250, 1000],
  ['openai', 'gpt-4o-mini', 360, 110, 15, 60],
  ['openai', 'o4-mini', 2400, 95, 110, 440],
  ['anthropic', 'claude-sonnet-4', 720, 62, 300, 1500],
  ['anthropic', 'claude-3-5-haiku', 430, 95, 80, 400],
  ['google', 'gemini-2.5-flash', 340, 160, 30, 250],
  ['google', 'gemini-2.5-pro', 1600, 90, 125, 1000],
  ['deepseek', 'deepseek-chat', 900, 45, 27, 110],
  ['alibaba', 'qwen-max', 650, 55, 160, 640],
  ['mistral', 'mistral-small', 300, 120, 10, 30],
];

const chatModels = CHAT_ROWS.map(
  ([provider, model, ttfbMs, speed, inputPriceE8, outputPriceE8]): DemoModel => ({
    provider,
    model,
    type: 'chatCompletion',
    ttfbMs,
    speed,
    inputPriceE8,
    outputPriceE8,
    unitPriceE8: 0,
  }),
);

type UnitRow = readonly [
  provider: string,
  model: string,
  type: CallType,
  ttfbMs: number,
  speed: number,
  inputPriceE8: number,
  unitPriceE8: number,
];

const UNIT_ROWS: readonly UnitRow[] = [
  ['openai', 'text-embedding-3-small', 'embedding', 70, 4000, 2, 0],
  ['alibaba', 'text-embedding-v3', 'embedding', 90, 3000, 7, 0],
  ['openai', 'gpt-image-1', 'imageGeneration', 4200, 6500, 0, 4_200_000],
  ['black-forest-labs', 'flux-1.1-pro', 'imageGeneration', 1800, 3200, 0, 4_000_000],
  ['openai', 'tts-1-hd', 'audioGeneration', 420, 55, 0, 45_000],
  ['google', 'veo-3-fast', 'video', 9000, 9500, 0, 15_000_000],
];

const unitModels = UNIT_ROWS.map(
  ([provider, model, type, ttfbMs, speed, inputPriceE8, unitPriceE8]): DemoModel => ({
    provider,
    model,
    type,
    ttfbMs,
    speed,
    inputPriceE8,
    outputPriceE8: 0,
    unitPriceE8,
  }),
);

/** Every model of the demo. */
export const demoModels: readonly DemoModel[] = [...chatModels, ...unitModels];

const models = new Map(demoModels.map((model) => [model.model, model]));

/**
 * The model of that name.
 * @throws RangeError for a name that is not in the table
 */
export function findModel(name: string): DemoModel {
  const model = models.get(name);
  if (!model) throw new RangeError(`No demo model is called ${name}.`);
  return model;
}
