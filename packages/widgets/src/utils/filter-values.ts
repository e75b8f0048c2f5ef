/** Filters that take several values, of which a call has one. */
export const VALUE_FILTERS = ['model', 'status', 'type'] as const;
export type ValueFilter = (typeof VALUE_FILTERS)[number];

/** Values as one text of a link, with a comma between two; `undefined` without any. The name of a model may have one, too. */
export function writeFilterValues(values: readonly string[] = []): string | undefined {
  return values.map((value) => value.replace(/[%,]/g, encodeURIComponent)).join(',') || undefined;
}

/** The values of a text of {@link writeFilterValues}, each once; a single value may stand there as it is. */
export function readFilterValues(text = ''): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .filter((part) => part !== '')
        .map(decode),
    ),
  ];
}

/** Links of before have a model's name as it is, and any link may be cut. */
function decode(text: string): string {
  return text.replace(/%(2C|25)/gi, (_, code: string) => (code === '25' ? '%' : ','));
}
