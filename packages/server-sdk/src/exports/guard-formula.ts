/**
 * What a spreadsheet takes for the beginning of a formula, at the beginning of a text or after a character that may begin a
 * new cell: whoever opens a file with the wrong separator must not get a formula either.
 */
const FORMULA = /(^|[,;\t\r\n"|])(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/g;

/**
 * Guards a text of a CSV cell against being read as a formula: an apostrophe before `=`, `+`, `-`, `@`, a tab or a carriage
 * return. For text columns only: a negative number is no formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function guardFormula(text: string): string {
  return text.replace(FORMULA, "$1'");
}
