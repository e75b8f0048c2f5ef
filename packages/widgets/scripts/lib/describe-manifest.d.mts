/** What the custom-elements manifest lists of a class. */
export interface Declaration {
  name: string;
  tagName?: string;
  superclass?: { name: string };
  members?: {
    name: string;
    kind: string;
    description?: string;
    readonly?: boolean;
    attribute?: string;
    default?: string;
    type?: { text: string };
  }[];
  events?: { name: string; description?: string }[];
  slots?: { name: string; description?: string }[];
  cssParts?: { name: string; description?: string }[];
  cssProperties?: { name: string; description?: string }[];
}

/** The custom-elements manifest, as far as tests and scripts read it. */
export interface Manifest {
  modules: { declarations: Declaration[] }[];
}

/** The manifest of the package's sources, and the public names without a description. */
export function describeManifest(packageRoot: string): Promise<{
  manifest: Manifest;
  problems: string[];
}>;
