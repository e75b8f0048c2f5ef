import { VERSION } from './version.js';

type Registrable = CustomElementConstructor & { usageKitVersion?: string };

/**
 * Registers an element unless its tag is taken; safe to call twice and in Node.
 *
 * Two versions of the package on one page: the first keeps the tag and the second warns. Throwing, as
 * `customElements.define` does, would take the whole second bundle down.
 */
export function defineElement(tagName: string, constructor: Registrable): void {
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (registry === undefined) return;
  const existing = registry.get(tagName) as Registrable | undefined;
  if (existing === undefined) {
    constructor.usageKitVersion = VERSION;
    // A class can be registered once; under a second name it needs a subclass.
    const isTaken = registry.getName?.(constructor) != null;
    registry.define(tagName, isTaken ? class extends constructor {} : constructor);
    return;
  }
  if (existing.usageKitVersion === VERSION) return;
  console.warn(
    `<${tagName}> ${VERSION} is not used: ${existing.usageKitVersion ?? 'another element'} has the name already.`,
  );
}
