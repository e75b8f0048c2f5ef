/** Version of the package, to tell two copies on one page apart. A test holds it against package.json. */
export const VERSION = '0.1.0';
