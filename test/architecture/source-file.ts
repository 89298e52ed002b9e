// Reads a source file as the compiler does: what it imports, by name, and what it takes from the world without being given it.
import { posix } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

export interface Import {
  /** A path from the root for our own files, else the specifier. */
  target: string;
  own: boolean;
  /** The names taken; `*` for all of them, or when they cannot be known. */
  names: readonly string[];
}

const parse = ({ path, text }: SourceFile): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

const everyNode = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node);
  ts.forEachChild(node, (child) => everyNode(child, visit));
};

const namesOf = (clause: ts.ImportClause | ts.NamedExportBindings | undefined): string[] => {
  if (clause === undefined || ts.isNamespaceExport(clause)) return ['*'];
  if (ts.isNamedExports(clause)) return clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return ['*'];
  return namedBindings.elements.map((element) => (element.propertyName ?? element.name).text);
};

/** What a node imports, if it does: statements, re-exports, `import()`, `require()` and types written as `import('…')`. */
const importIn = (node: ts.Node): { specifier: ts.Node | undefined; names: string[] } | undefined => {
  if (ts.isImportDeclaration(node)) return { specifier: node.moduleSpecifier, names: namesOf(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return { specifier: node.moduleSpecifier, names: namesOf(node.exportClause) };
  if (ts.isImportTypeNode(node))
    return { specifier: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, names: ['*'] };
  if (!ts.isCallExpression(node)) return undefined;
  const calls = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return calls ? { specifier: node.arguments[0], names: ['*'] } : undefined;
};

export const importsOf = (file: SourceFile): Import[] => {
  const imports: Import[] = [];
  everyNode(parse(file), (node) => {
    const found = importIn(node);
    if (found === undefined) return;
    const { specifier, names } = found;
    // What cannot be read here could be anything: it fits no row of the table.
    const text = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : `import(${specifier?.getText()})`;
    const own = text.startsWith('.');
    imports.push({ target: own ? posix.join(posix.dirname(file.path), text) : text, own, names });
  });
  return imports;
};

const globals = [
  'process',
  'performance',
  'crypto',
  'globalThis',
  'fetch',
  'WebSocket',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'require',
];
const members = [
  'Date.now',
  'Math.random',
  'DateTime.now',
  'DateTime.local',
  'DateTime.utc',
  'import.meta.env',
  'import.meta.dirname',
];

/** Whether an identifier stands for a value of that name, rather than for a property, a key or a name of a type. */
const isReference = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || ts.isTypeReferenceNode(parent));
};

const impurityAt = (node: ts.Node): string | undefined => {
  if (ts.isPropertyAccessExpression(node) && members.includes(node.getText())) return node.getText();
  if (ts.isElementAccessExpression(node) && ['Date', 'Math'].includes(node.expression.getText())) return node.getText();
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  return ts.isIdentifier(node) && globals.includes(node.text) && isReference(node) ? node.text : undefined;
};

/** The clocks, chances and environments a file reaches for, as they are written. */
export const impuritiesOf = (file: SourceFile): string[] => {
  const found: string[] = [];
  everyNode(parse(file), (node) => {
    const impurity = impurityAt(node);
    if (impurity !== undefined) found.push(impurity);
  });
  return found;
};
