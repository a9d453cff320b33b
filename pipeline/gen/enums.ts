import type { Document } from '../document/document.ts';
import { banner, jsdoc, literal, nameable } from './text.ts';

/**
 * Every component enum as a list at run time and a union at compile time. openapi-typescript's own lists clash with
 * each other on large documents, so this is ours.
 */
export function enums(document: Document, nameOf?: (schema: string) => string): string {
  const declarations = enumsOf(document, nameOf).map(({ name, description, values }) => {
    const list = `export const ${name} = ${literal(values)} as const;\n`;
    return `\n${jsdoc(description)}${list}export type ${name} = (typeof ${name})[number];\n`;
  });
  return banner + (declarations.length > 0 ? declarations.join('') : '\nexport {};\n');
}

export function enumsOf(
  document: Document,
  nameOf = (schema: string) => nameable(schema, 'schema'),
): { name: string; description?: string; values: unknown[] }[] {
  return Object.entries(document.components?.schemas ?? {}).flatMap(([schema, { description, enum: values }]) =>
    values ? [{ name: nameOf(schema), ...(description && { description }), values }] : [],
  );
}
