import { openai } from '@ai-sdk/openai';
import { generateText, wrapLanguageModel } from 'ai';
import { recordAISDKCalls, type Usage } from '@usage-kit/server-sdk';

/** Asks any model of the AI SDK, for the user of the work that is running. */
export async function askModel(usage: Usage, prompt: string): Promise<string> {
  const middleware = recordAISDKCalls(usage.calls, { appDid: 'chat' });
  const model = wrapLanguageModel({ model: openai.chat('gpt-4o'), middleware });
  return (await generateText({ model, prompt })).text;
}
