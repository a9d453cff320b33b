import { isObject, type Visitor } from './redocly.ts';

/** Every property says what it is, by itself or through the schema that it refers to. */
export const propertyDescribed = (): Visitor => ({
  Schema(schema, { location, report, resolve }) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const described = [property, resolve(property, location.source.absoluteRef).node].some(
        (node) => isObject(node) && typeof node.description === 'string' && node.description.trim() !== '',
      );
      if (described) continue;
      report({
        message: `The property ${name} has no description, nor has a schema it refers to.`,
        location: location.child(['properties', name]).key(),
      });
    }
  },
});
