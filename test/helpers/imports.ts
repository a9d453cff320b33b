import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** One thing that a file takes from outside itself. */
export interface Import {
  /** A path from the root of the repository, a package (`kysely`, `node:sqlite`), or `process.…`. */
  readonly of: string;
  readonly line: number;
  /** Gone when the file runs. `import { type X }` is not: what remains of it still loads the module. */
  readonly typeOnly: boolean;
}

const root = join(import.meta.dirname, '../..');
const source = /\.[cm]?[jt]sx?$/;

/** The paths of all code under folders of the repository; a folder may be missing. */
export function filesIn(folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        posix.join(folder, file.replaceAll('\\', '/')),
      ),
    )
    .filter((file) => source.test(file) && !/(^|\/)(node_modules|dist)\//.test(file))
    .sort();
}

export function importsOf(file: string, text = readFileSync(join(root, file), 'utf8')): Import[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, of: string, typeOnly = false) => {
    found.push({ of, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    const from = specifierOf(node);
    if (from) add(node, target(file, from.text), from.typeOnly);
    const global = ofProcess(node);
    if (global) add(node, global);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The module that a statement, an `import()`, a `require()` or a type names. */
function specifierOf(node: ts.Node): { text: string; typeOnly: boolean } | undefined {
  let name: ts.Node | undefined;
  let typeOnly = false;
  if (ts.isImportDeclaration(node)) {
    name = node.moduleSpecifier;
    typeOnly = node.importClause?.isTypeOnly ?? false;
  } else if (ts.isExportDeclaration(node)) {
    name = node.moduleSpecifier;
    typeOnly = node.isTypeOnly;
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    name = node.argument.literal;
    typeOnly = true;
  } else if (ts.isCallExpression(node)) {
    const { expression } = node;
    const loads =
      expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
    name = loads ? node.arguments[0] : undefined;
  }
  return name && ts.isStringLiteralLike(name) ? { text: name.text, typeOnly } : undefined;
}

/** `process.env` for that member of it, however it is reached; `process` where it is handed on whole. */
function ofProcess(node: ts.Node): string | undefined {
  const isProcess = (of: ts.Node | undefined) => of !== undefined && ts.isIdentifier(of) && of.text === 'process';
  if (ts.isPropertyAccessExpression(node) && isProcess(node.expression)) return `process.${node.name.text}`;
  if (ts.isElementAccessExpression(node) && isProcess(node.expression)) {
    return ts.isStringLiteralLike(node.argumentExpression) ? `process.${node.argumentExpression.text}` : 'process';
  }
  return ts.isVariableDeclaration(node) && isProcess(node.initializer) ? 'process' : undefined;
}

const workspaces: ReadonlyMap<string, string> = new Map(
  ['client', 'server', ...readdirSync(join(root, 'pipeline')).map((name) => `pipeline/${name}`)].flatMap((folder) => {
    const manifest = join(root, folder, 'package.json');
    return existsSync(manifest) ? [[JSON.parse(readFileSync(manifest, 'utf8')).name as string, folder] as const] : [];
  }),
);

function target(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  const [name = '', ...rest] = specifier.match(/^@[^/]+\/[^/]+|[^/]+/g) ?? [];
  const folder = workspaces.get(name);
  return folder ? posix.join(folder, ...(rest.length > 0 ? rest : ['index.ts'])) : name;
}
