import type { Location, Visitor } from './redocly.ts';

/** Every enum is reached by reference, so that the bundle makes a component of it and the code a named list. */
export const enumComponent = (): Visitor => {
  const referenced = new Set<string>();
  const enums = new Map<string, Location>();
  return {
    ref: {
      enter(_node, _context, { location }) {
        if (location) referenced.add(location.absolutePointer);
      },
    },
    Schema(schema, { location }) {
      if (Array.isArray(schema.enum)) enums.set(location.absolutePointer, location);
    },
    Root: {
      leave(_root, { report }) {
        for (const [pointer, location] of enums) {
          if (referenced.has(pointer)) continue;
          report({
            message: 'The enum is written inline; make it a schema of its own and refer to it.',
            location: location.child('enum').key(),
          });
        }
      },
    },
  };
};
