import {
  addParts,
  createBodyMeter,
  readFields,
  readIdentity,
  toNumberOrNull,
  type CallUsage,
  type Fields,
  type Meter,
  type Metered,
} from '../clients/meter.js';

/**
 * Reads the usage of a generation. Prompt tokens include cached ones, but not results of tools that Google ran; candidates'
 * tokens do not include those of thoughts.
 */
function readTokens(usage: Fields): CallUsage {
  const read = (name: string): number | null => toNumberOrNull(usage[name]);
  const reasoningTokens = read('thoughtsTokenCount');
  const candidates = read('candidatesTokenCount');
  return {
    inputTokens: addParts(read('promptTokenCount'), read('toolUsePromptTokenCount')),
    // A generation that ends while the model thinks has no candidates.
    outputTokens: candidates === null ? reasoningTokens : addParts(candidates, reasoningTokens),
    totalTokens: read('totalTokenCount'),
    cachedInputTokens: read('cachedContentTokenCount'),
    reasoningTokens,
  };
}

/** Each chunk of a stream has the usage so far. */
function readGeneration(body: Fields, before: Metered): Metered {
  const reported = readFields(body['usageMetadata']);
  const identity = readIdentity(body['responseId'], reported['trafficType']);
  const metered = { ...before, ...identity };
  return Object.keys(reported).length === 0
    ? metered
    : { ...metered, usage: readTokens(reported), reported };
}

const generation: Meter = {
  type: 'chatCompletion',
  readBody: (body) => readGeneration(body, {}),
  readEvent: readGeneration,
};

/** Vertex AI counts the tokens of each text, the Gemini API none. */
const embedding = createBodyMeter('embedding', ({ embeddings }) => {
  const counts = (Array.isArray(embeddings) ? embeddings : [])
    .map((item) => readFields(readFields(item)['statistics'])['tokenCount'])
    .map(toNumberOrNull);
  const isKnown = counts.length > 0 && !counts.includes(null);
  return isKnown ? { usage: { inputTokens: addParts(0, ...counts) } } : {};
});

const isMade = (image: unknown): boolean => {
  const { imageBytes, gcsUri } = readFields(image);
  return Boolean(imageBytes ?? gcsUri);
};

/** An image that a filter refused is in the response without its bytes. */
const images = createBodyMeter('imageGeneration', ({ generatedImages }) => {
  const made = Array.isArray(generatedImages) ? generatedImages : [];
  return { usage: { units: made.filter((item) => isMade(readFields(item)['image'])).length } };
});

/**
 * Methods of `models` that send one request each. The public ones send several: for functions that they call themselves,
 * and to go on with an answer.
 */
export const GOOGLE_METERS: Readonly<Record<string, Meter>> = {
  generateContentInternal: generation,
  generateContentStreamInternal: generation,
  embedContentInternal: embedding,
  generateImagesInternal: images,
};

/** The public method of each, for a version of the client that has no such method. */
export const PUBLIC_METHODS: Readonly<Record<string, string>> = {
  generateContentInternal: 'generateContent',
  generateContentStreamInternal: 'generateContentStream',
  embedContentInternal: 'embedContent',
  generateImagesInternal: 'generateImages',
};
