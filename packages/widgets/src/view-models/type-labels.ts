import type { CallType } from '@usage-kit/server-sdk/contract';
import { callMessages } from '../locales/en/calls.js';
import type { MessageDefinition } from '../locales/messages.js';

/** Names of the types of calls. Typed by the contract: a type that is missing does not compile. */
export const TYPE_LABELS: Readonly<Record<CallType, MessageDefinition>> = {
  chatCompletion: callMessages.typeChatCompletion,
  embedding: callMessages.typeEmbedding,
  imageGeneration: callMessages.typeImageGeneration,
  audioGeneration: callMessages.typeAudioGeneration,
  video: callMessages.typeVideo,
  custom: callMessages.typeCustom,
};
