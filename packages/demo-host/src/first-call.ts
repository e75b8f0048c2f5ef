/** Code of a first call, as the server of a host records it; both pages show it to a new user. */
export const createFirstCall = (userDid: string): string => `await usage.calls.record({
  userDid: '${userDid}',
  appDid: 'my-first-project',
  model: 'gpt-4o-mini',
  provider: 'openai',
  status: 'success',
  startedAt: new Date(),
  durationMs: 1840,
  usage: { inputTokens: 120, outputTokens: 48 },
  credits: '0.00004680',
});`;
