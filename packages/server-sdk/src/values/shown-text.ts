/**
 * Makes an external text safe to show: without control characters, well-formed UTF-16, truncated.
 *
 * @param maxLength UTF-16 units; a longer text ends with an ellipsis within it
 */
export function toShownText(text: string, maxLength: number): string {
  // Truncated first, so that a 10 MB name is not searched.
  const start = text.slice(0, maxLength + 1);
  const shown = start.replace(/\p{Cc}+/gu, ' ').replace(/\p{Cs}/gu, '\ufffd');
  if (shown.length <= maxLength) return shown;
  return `${shown.slice(0, maxLength - 1).replace(/\p{Cs}/gu, '')}…`;
}
