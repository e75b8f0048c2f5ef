const { prototype } = Document;

/**
 * The document as Lit's templates use it, for the one-file build: read from the prototype, because `<form name="createElement">`
 * makes a form of `document.createElement`, and nothing would be rendered any more.
 */
export const litDocument = {
  createComment: (text: string): Comment => prototype.createComment.call(document, text),
  createElement: (name: string): HTMLElement => prototype.createElement.call(document, name),
  createTextNode: (text: string): Text => prototype.createTextNode.call(document, text),
  createTreeWalker: (root: Node, whatToShow: number): TreeWalker =>
    prototype.createTreeWalker.call(document, root, whatToShow),
  importNode: <T extends Node>(node: T, isDeep: boolean): T =>
    prototype.importNode.call(document, node, isDeep) as T,
};
