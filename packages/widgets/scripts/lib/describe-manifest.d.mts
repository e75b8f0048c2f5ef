/** What the custom-elements manifest lists of a class. */
export interface Declaration {
  name: string;
  tagName?: string;
  superclass?: { name: string };
  events?: { name: string; description?: string }[];
  slots?: { name: string; description?: string }[];
  cssParts?: { name: string; description?: string }[];
}

/** The manifest of the package's sources, and the public names without a description. */
export function describeManifest(packageRoot: string): Promise<{
  manifest: { modules: { declarations: Declaration[] }[] };
  problems: string[];
}>;
