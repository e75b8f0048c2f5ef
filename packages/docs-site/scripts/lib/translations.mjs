import { readFileSync } from 'node:fs';

/** Chinese for what the manifest and the OpenAPI document say, by the English text. */
const CHINESE = JSON.parse(
  readFileSync(new URL('../../texts/reference.zh.json', import.meta.url), 'utf8'),
);

/** Texts that have no Chinese yet and stay English: names of parts are for people who write CSS, and are not translated. */
export const untranslated = new Set();

/** A text of the manifest or of the OpenAPI document in a language of the site. */
export function translate(text, language) {
  const oneLine = text.replaceAll(/\s+/g, ' ').trim();
  if (language !== 'zh' || oneLine === '') return oneLine;
  const chinese = CHINESE[oneLine];
  if (chinese === undefined) untranslated.add(oneLine);
  return chinese ?? oneLine;
}
