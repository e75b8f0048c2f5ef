import { GoogleGenAI } from '@google/genai';
import { wrapGoogleGenAI, type Usage } from '@usage-kit/server-sdk';

/** Asks Gemini for a user. */
export async function askGemini(usage: Usage, userDid: string, contents: string): Promise<string> {
  const google = wrapGoogleGenAI(new GoogleGenAI({}), usage.calls, { userDid, appDid: 'chat' });
  const { text } = await google.models.generateContent({ model: 'gemini-flash-latest', contents });
  return text ?? '';
}
