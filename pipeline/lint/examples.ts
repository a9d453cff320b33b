import { type Context, type Exemplified, isObject, type Location, type Schema, type Visitor } from './redocly.ts';

/** Schemas that a value has to satisfy, or, of anyOf and oneOf, may. */
type Parts = readonly { readonly schema: Schema; readonly file: string }[];

export interface ExampleValue {
  readonly schemas: readonly Schema[];
  readonly value: unknown;
  readonly location: Location;
}

interface Example {
  readonly parts: () => Parts;
  readonly value: unknown;
  readonly location: Location;
}

/** The part of a visitor that gathers all examples of the document into `found`. */
export function gathering(found: Example[]): Visitor {
  const gather = (node: Exemplified, { location, resolve }: Context) => {
    const file = location.source.absoluteRef;
    const parts = () => partsOf(resolve, node.schema, file);
    if ('example' in node) found.push({ parts, value: node.example, location: location.child('example') });
    for (const [name, entry] of Object.entries(node.examples ?? {})) {
      const { node: example, location: elsewhere } = resolve(entry, file);
      if (!isObject(example) || !('value' in example)) continue;
      const at = isObject(entry) && '$ref' in entry ? elsewhere : location.child(['examples', name]);
      if (at) found.push({ parts, value: example.value, location: at.child('value') });
    }
  };
  return { MediaType: gather, Parameter: gather, Header: gather };
}

/** Goes through an example and its schema side by side, and shows each value with the schemas that it stands under. */
export function* valuesIn({ parts, value, location }: Example, resolve: Context['resolve']): Generator<ExampleValue> {
  yield* walk(parts(), value, location);

  function* walk(at: Parts, current: unknown, place: Location): Generator<ExampleValue> {
    yield { schemas: at.map(({ schema }) => schema), value: current, location: place };
    const into = (child: (schema: Schema) => unknown) =>
      at.flatMap(({ schema, file }) => partsOf(resolve, child(schema), file));
    if (Array.isArray(current)) {
      for (const [index, item] of current.entries()) {
        yield* walk(
          into(({ items }) => items),
          item,
          place.child(index),
        );
      }
    } else if (isObject(current)) {
      for (const [name, member] of Object.entries(current)) {
        const child = ({ properties, additionalProperties }: Schema) =>
          properties && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
        yield* walk(into(child), member, place.child([name]));
      }
    }
  }
}

/** A schema, what it refers to, and what it is made of. */
function partsOf(resolve: Context['resolve'], node: unknown, file: string, seen = new Set<unknown>()): Parts {
  if (!isObject(node) || seen.has(node)) return [];
  seen.add(node);
  const schema = node as Schema;
  const target = schema.$ref === undefined ? undefined : resolve(schema, file);
  const branches = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    { schema, file },
    ...(target ? partsOf(resolve, target.node, target.location?.source.absoluteRef ?? file, seen) : []),
    ...branches.flatMap((branch) => partsOf(resolve, branch, file, seen)),
  ];
}
