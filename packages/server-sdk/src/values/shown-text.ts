/**
 * A text from outside as it may be shown: without control characters, sound UTF-16, cut at a length.
 *
 * @param maxLength UTF-16 units; a longer text ends with an ellipsis within it
 */
export function toShownText(text: string, maxLength: number): string {
  // A 10 MB name is cut before it is searched.
  const start = text.slice(0, maxLength + 1);
  const shown = start.replace(/\p{Cc}+/gu, ' ').replace(/\p{Cs}/gu, '\ufffd');
  if (shown.length <= maxLength) return shown;
  return `${shown.slice(0, maxLength - 1).replace(/\p{Cs}/gu, '')}…`;
}
