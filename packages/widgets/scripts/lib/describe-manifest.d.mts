/** What the custom-elements manifest lists of a class. */
export interface Declaration {
  name: string;
  tagName?: string;
  cssParts?: { name: string; description?: string }[];
}

/** The manifest of the package's sources, and the public names that nobody has described. */
export function describeManifest(packageRoot: string): Promise<{
  manifest: { modules: { declarations: Declaration[] }[] };
  problems: string[];
}>;
