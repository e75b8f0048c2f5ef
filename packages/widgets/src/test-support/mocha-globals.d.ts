/** The few globals of @web/test-runner that the browser tests use; the whole of @types/mocha would leak into sources. */
declare function describe(name: string, body: () => void): void;
declare function it(name: string, body: () => Promise<void> | void): void;
declare function beforeEach(body: () => Promise<void> | void): void;
declare function afterEach(body: () => Promise<void> | void): void;
