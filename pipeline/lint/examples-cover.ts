import { gathering, valuesIn } from './examples.ts';
import { isObject, type Location, type Schema, type Visitor } from './redocly.ts';

/** Together the examples show every property and every enum value of the document. */
export const examplesCover = (): Visitor => {
  const declared = new Map<Schema, Location>();
  const examples: Parameters<typeof gathering>[0] = [];
  return {
    ...gathering(examples),
    Schema(schema, { location }) {
      declared.set(schema, location);
    },
    Root: {
      leave(_root, { report, resolve }) {
        const shown = new Map<Schema, { properties: Set<string>; values: Set<unknown> }>();
        for (const { schemas, value } of examples.flatMap((example) => [...valuesIn(example, resolve)])) {
          for (const schema of schemas) {
            const { properties, values } = shown.get(schema) ?? { properties: new Set(), values: new Set() };
            shown.set(schema, { properties, values });
            values.add(value);
            for (const name of isObject(value) ? Object.keys(value) : []) properties.add(name);
          }
        }
        for (const [schema, location] of declared) {
          for (const name of Object.keys(schema.properties ?? {})) {
            if (shown.get(schema)?.properties.has(name)) continue;
            const message = `No example shows the property ${name}.`;
            report({ message, location: location.child(['properties', name]).key() });
          }
          for (const [index, value] of (schema.enum ?? []).entries()) {
            if (shown.get(schema)?.values.has(value)) continue;
            const message = `No example shows the value ${JSON.stringify(value)}.`;
            report({ message, location: location.child(['enum', index]) });
          }
        }
      },
    },
  };
};
