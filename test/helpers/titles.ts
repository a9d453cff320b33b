import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * The titles of the tests in a file, each as it stands and after those of what it is in. An expression in a title is `…`.
 */
export function titlesOf(file: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  const titles: string[] = [];
  const visit = (node: ts.Node, within: readonly string[]): void => {
    let inside = within;
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const name = callee(node.expression);
      if (first !== undefined && name === 'describe') inside = [...within, words(first)];
      if (first !== undefined && (name === 'it' || name === 'test')) {
        const chain = [...within, words(first)];
        for (let index = 0; index < chain.length; index++) titles.push(chain.slice(index).join(' '));
      }
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), []);
  return titles;
}

/** `it` of `it(…)`, `it.skip(…)` and `it.each(…)(…)`; the inner call of the last one has no title. */
function callee(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return callee(expression.expression);
  return ts.isCallExpression(expression) ? callee(expression.expression) : undefined;
}

function words(title: ts.Expression): string {
  if (ts.isStringLiteralLike(title)) return title.text;
  if (!ts.isTemplateExpression(title)) return '…';
  return title.head.text + title.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
