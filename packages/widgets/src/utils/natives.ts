/**
 * What the elements use of the page's document, read from the prototypes.
 *
 * Names of forms, images and frames become properties of `document`, and of a form the names of its fields, in front of the
 * real ones: `<form name="hidden">` makes `document.hidden` a form, which is true, and nothing would load any more. What
 * `window` has itself (`fetch`, `location`, `customElements`) cannot be covered that way.
 */
function readDocument<Name extends keyof Document>(name: Name): Document[Name] {
  return Reflect.get(Document.prototype, name, document);
}

/** `document.hidden`. */
export function isDocumentHidden(): boolean {
  return readDocument('hidden');
}

/** `document.documentElement`. */
export function getDocumentElement(): HTMLElement {
  return readDocument('documentElement');
}

/** `document.baseURI`: what the browser resolves links against, a `<base>` of the page included. */
export function getDocumentBase(): string {
  return readDocument('baseURI');
}

/** `document.createElement`. */
export function createDiv(): HTMLDivElement {
  return Document.prototype.createElement.call(document, 'div') as HTMLDivElement;
}

/** `document.addEventListener`. */
export function listenToDocument(
  type: string,
  listener: () => void,
  options: AddEventListenerOptions,
): void {
  EventTarget.prototype.addEventListener.call(document, type, listener, options);
}

/** `element.getAttribute`, of an element of the page. */
export function readAttribute(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}
