import type { Manifest } from './describe-manifest.mjs';

/** A public custom property with its default in each scheme, as CSS. */
export interface TokenDefault {
  name: string;
  light: string;
  dark: string;
  /** Whether the schemes differ. */
  isScheme: boolean;
}

export function readTokens(packageRoot: string): TokenDefault[];
export function describeProperties(manifest: Manifest): Map<string, string>;
export function toDesignTokens(
  tokens: TokenDefault[],
  descriptions: Map<string, string>,
): Record<'base' | 'light' | 'dark', Record<string, unknown>>;
