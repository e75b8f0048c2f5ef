/** What a project does with models: which ones it calls, and how long its prompts and answers are. */
export interface Workload {
  models: readonly (readonly [model: string, weight: number])[];
  /** Median tokens of a prompt and of an answer. */
  inputTokens: number;
  outputTokens: number;
}

/** Workloads by name; weights are parts of the project's calls. */
export const WORKLOADS = {
  assistant: {
    models: [
      ['gpt-4o-mini', 46],
      ['gpt-4o', 24],
      ['claude-sonnet-4', 16],
      ['gemini-2.5-flash', 9],
      ['tts-1-hd', 2],
      ['gpt-image-1', 1.5],
      ['text-embedding-3-small', 4],
    ],
    inputTokens: 820,
    outputTokens: 210,
  },
  code: {
    models: [
      ['claude-sonnet-4', 58],
      ['gpt-4o', 14],
      ['o4-mini', 12],
      ['deepseek-chat', 11],
      ['claude-3-5-haiku', 9],
    ],
    inputTokens: 3400,
    outputTokens: 420,
  },
  retrieval: {
    models: [
      ['text-embedding-3-small', 62],
      ['gpt-4o-mini', 26],
      ['claude-3-5-haiku', 8],
      ['gemini-2.5-flash', 6],
    ],
    inputTokens: 1300,
    outputTokens: 160,
  },
  chinese: {
    models: [
      ['qwen-max', 48],
      ['deepseek-chat', 34],
      ['text-embedding-v3', 14],
      ['gpt-4o-mini', 4],
    ],
    inputTokens: 640,
    outputTokens: 240,
  },
  batch: {
    models: [
      ['gemini-2.5-flash', 52],
      ['mistral-small', 30],
      ['gpt-4o-mini', 18],
    ],
    inputTokens: 2200,
    outputTokens: 90,
  },
  creative: {
    models: [
      ['flux-1.1-pro', 34],
      ['gpt-image-1', 22],
      ['gpt-4o', 24],
      ['tts-1-hd', 14],
      ['veo-3-fast', 2],
    ],
    inputTokens: 300,
    outputTokens: 180,
  },
  research: {
    models: [
      ['gemini-2.5-pro', 44],
      ['o4-mini', 26],
      ['gpt-4o', 18],
      ['text-embedding-3-small', 12],
    ],
    inputTokens: 5200,
    outputTokens: 760,
  },
} as const satisfies Record<string, Workload>;

/** Name of a workload. */
export type WorkloadName = keyof typeof WORKLOADS;
