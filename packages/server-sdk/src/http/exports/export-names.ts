import { EXPORT_ROUTES, type ExportKind } from '../../contract/exports.js';

/** Name of the export of a kind, in the OpenAPI document and in logs. */
export type ExportName = `${ExportKind}Export`;

const KINDS = Object.keys(EXPORT_ROUTES) as ExportKind[];

/** Every export with its path below the base path, in the order of the documentation. */
export const EXPORT_LIST: readonly { name: ExportName; kind: ExportKind; path: string }[] =
  KINDS.map((kind) => ({ name: `${kind}Export`, kind, path: EXPORT_ROUTES[kind] }));

const KIND_OF = new Map<string, ExportKind>(EXPORT_LIST.map(({ name, kind }) => [name, kind]));

/** Whether a name is that of an export. */
export function isExportName(name: string): name is ExportName {
  return KIND_OF.has(name);
}

/** The kind of a file. @throws TypeError for a name of no export */
export function getExportKind(name: ExportName): ExportKind {
  const kind = KIND_OF.get(name);
  if (kind === undefined) throw new TypeError(`There is no export ${name}`);
  return kind;
}
