import Anthropic from '@anthropic-ai/sdk';
import { wrapAnthropic, type Usage } from '@usage-kit/server-sdk';

/** Asks Claude for a user. */
export function askClaude(usage: Usage, userDid: string, question: string): Promise<string> {
  const anthropic = wrapAnthropic(new Anthropic(), usage.calls, { userDid, appDid: 'chat' });
  const messages = [{ role: 'user' as const, content: question }];
  return anthropic.messages.stream({ model: 'claude', max_tokens: 1000, messages }).finalText();
}
