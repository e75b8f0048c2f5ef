/** Version of the package, to distinguish two copies on one page. A test compares it with package.json. */
export const VERSION = '0.0.0';
