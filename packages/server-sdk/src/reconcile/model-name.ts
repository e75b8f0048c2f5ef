/**
 * The name by which a model is compared: providers bill dated versions and gateways name the vendor, where a host records the
 * name that it asked for.
 */
export function toComparableModel(model: string): string {
  return model
    .trim()
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$/, '');
}
