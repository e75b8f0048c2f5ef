import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/**
 * Prints a declaration without its comments and without what is no API: private members, protected ones, and the wording of
 * texts, of which their parameters stay.
 *
 * @param {ts.Statement} statement
 * @param {object} options
 * @param {string | undefined} options.only the variable to print of a statement with several
 * @param {boolean} options.isExported texts are only left out of what is not
 * @param {(node: ts.Identifier) => void} options.onIdentifier is called with every identifier of what is printed
 * @returns {string} without the modifier `export`
 */
export function printDeclaration(statement, { only, isExported, onIdentifier }) {
  const hidesTexts = ts.isVariableStatement(statement) && !isExported;
  const { transformed } = ts.transform(statement, [
    (context) => (root) => {
      const visit = (node) => {
        if (isHidden(node) || isOtherVariable(node, only)) return undefined;
        if (node.kind === ts.SyntaxKind.ExportKeyword && node.parent === root) return undefined;
        if (hidesTexts && isText(node)) return printParameters(node);
        if (ts.isIdentifier(node)) onIdentifier(node);
        return ts.visitEachChild(node, visit, context);
      };
      return ts.visitNode(root, visit);
    },
  ]);
  return printer.printNode(ts.EmitHint.Unspecified, transformed[0], statement.getSourceFile());
}

function isHidden(node) {
  if (!ts.isClassElement(node)) return false;
  if (node.name !== undefined && ts.isPrivateIdentifier(node.name)) return true;
  const flags = ts.getCombinedModifierFlags(node);
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
}

function isOtherVariable(node, only) {
  return ts.isVariableDeclaration(node) && only !== undefined && node.name.getText() !== only;
}

/** The string that is the type of a member, as those of message catalogues are. */
function isText(node) {
  return (
    ts.isLiteralTypeNode(node) &&
    ts.isStringLiteral(node.literal) &&
    ts.isPropertySignature(node.parent)
  );
}

function printParameters(node) {
  const parameters = node.literal.text.match(/\{\w+\}/g) ?? [];
  const text = [...new Set(parameters)].sort().join(' ');
  return ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text, true));
}
