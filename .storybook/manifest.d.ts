declare module 'virtual:custom-elements' {
  const manifest: import('../packages/widgets/scripts/lib/describe-manifest.mjs').Manifest;
  export default manifest;
}

declare module 'virtual:token-defaults' {
  const tokens: import('../packages/widgets/scripts/lib/describe-tokens.mjs').TokenDefault[];
  export default tokens;
}
