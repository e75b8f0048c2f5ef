import OpenAI from 'openai';
import { createUsage, wrapOpenAI } from '@usage-kit/server-sdk';

const usage = createUsage({ database: 'sqlite:./usage.db', authenticate: () => null });
await usage.migrate();

// One wrapper for each user; the client itself stays as it is.
const openai = wrapOpenAI(new OpenAI(), usage.calls, {
  userDid: 'did:abt:alice',
  appDid: 'chat',
  credits: ({ usage: used }) => (used.totalTokens ?? 0) / 1000,
});
const stream = await openai.chat.completions.create({
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');

await usage.stop(); // writes what was recorded
