/**
 * Names that Lit and Chart.js define on the global object, each made on first use (`globalThis.litHtmlVersions ??= []`).
 *
 * A page with `<img id="litHtmlVersions">` has given such a name an element, and the library would throw before any element
 * is defined. Part of the one-file build only: it has to run before Lit, whose place in a host's bundle is the host's.
 */
const NAMES = [
  'litElementHydrateSupport',
  'litElementPolyfillSupport',
  'litElementVersions',
  'litHtmlPolyfillSupport',
  'litHtmlVersions',
  'litPropertyMetadata',
  'reactiveElementPlatformSupport',
  'reactiveElementPolyfillSupport',
  'reactiveElementVersions',
  'ShadyCSS',
  'ShadyDOM',
  'trustedTypes',
];

for (const name of NAMES) {
  // What a page's markup names is not the global object's own: own properties are scripts', another copy of Lit's too.
  if (name in globalThis && !Object.hasOwn(globalThis, name)) {
    Object.defineProperty(globalThis, name, {
      value: undefined,
      writable: true,
      configurable: true,
    });
  }
}
