import { Names, reserved } from '../../document/identifiers.ts';
import type { Document } from '../../document/types.ts';
import type { Report } from '../report.ts';
import type { Step } from '../step.ts';
import { banner, jsdoc, literal } from '../text.ts';

/**
 * Every component enum as a list at run time and a union at compile time. openapi-typescript's own lists clash with
 * each other on large documents.
 */
export const enums: Step = {
  name: 'enums',
  makes: ({ generated }) => `${generated}/enums.ts`,
  run: ({ project, document, report }) => ({
    files: new Map([[`${project.generated}/enums.ts`, banner(project) + enumsIn(document, report)]]),
  }),
};

export function enumsIn(document: Document, report: Report): string {
  const found = Object.entries(document.components?.schemas ?? {}).flatMap(([schema, { description, enum: values }]) =>
    Array.isArray(values) && values.length > 0 ? [{ schema, description, values }] : [],
  );
  const nameOf = namesFor(
    found.map(({ schema }) => schema),
    report,
  );
  const declarations = found.map(({ schema, description, values }) => {
    const name = nameOf(schema);
    const list = `export const ${name} = ${literal(values)} as const;\n`;
    return `\n${jsdoc(description)}${list}export type ${name} = (typeof ${name})[number];\n`;
  });
  return declarations.length > 0 ? declarations.join('') : '\nexport {};\n';
}

/** Names in TypeScript. Those that can stay come first, so that no other takes their name. */
function namesFor(schemas: readonly string[], report: Report): (schema: string) => string {
  const names = new Names(reserved);
  const changed = schemas.filter((schema) => !names.claim(schema));
  const given = new Map(
    changed.map((schema) => {
      const name = names.give(schema);
      const message = `The values of the schema ${JSON.stringify(schema)} are called ${name}.`;
      report.add({ kind: 'renamed', message, pointer: `#/components/schemas/${schema}` });
      return [schema, name];
    }),
  );
  return (schema) => given.get(schema) ?? schema;
}
