/** Chinese for what the manifest and the OpenAPI document say; a text without one stays English. */
const CHINESE = {};

/** A text of the manifest or of the OpenAPI document in a language of the site. */
export function translate(text, language) {
  const oneLine = text.replaceAll(/\s+/g, ' ').trim();
  return language === 'zh' ? (CHINESE[oneLine] ?? oneLine) : oneLine;
}
