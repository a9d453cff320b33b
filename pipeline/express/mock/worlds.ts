import { choiceOf } from '../../document/discriminators.ts';
import { isObject } from '../../document/references.ts';
import { schemaOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';

/**
 * The ways to choose among the alternatives of a schema. Each is the list of schemas that hold together once the choice
 * is made: the schema itself, its `allOf` and the chosen branches, at every depth.
 */
export function* worldsOf(document: Document, node: unknown): Generator<readonly Schema[]> {
  yield* chosen(document, [node], []);
}

function* chosen(
  document: Document,
  [node, ...waiting]: readonly unknown[],
  held: readonly Schema[],
): Generator<readonly Schema[]> {
  if (node === undefined) {
    yield held;
    return;
  }
  if (node === false) return;
  const schema = schemaOf(document, node);
  if (held.includes(schema)) {
    yield* chosen(document, waiting, held);
    return;
  }
  const more = [...(schema.allOf ?? []), ...waiting];
  const choices = [schema.oneOf, schema.anyOf].filter((list) => list !== undefined && list.length > 0);
  const ways = choices.map((list) => branches(document, schema, list ?? []));
  if (schema.if !== undefined) ways.push([[schema.if, schema.then ?? {}], [schema.else ?? {}]]);
  for (const picked of combinations(ways)) yield* chosen(document, [...picked.flat(), ...more], [...held, schema]);
}

/** The branches of a choice; what names one goes with it. Null comes last, as it says the least. */
function branches(document: Document, schema: Schema, list: readonly unknown[]): (readonly unknown[])[] {
  const choice = list === (schema.oneOf ?? schema.anyOf) ? choiceOf(document, schema) : undefined;
  const tagged = choice?.branches.map((branch) => {
    const { propertyName: name } = choice.discriminator;
    return [branch.schema, { properties: { [name]: { enum: branch.values } }, required: [name] }];
  });
  const all = tagged ?? list.map((branch) => [branch]);
  const isNull = ([branch]: readonly unknown[]) => isObject(branch) && branch.type === 'null';
  return [...all.filter((one) => !isNull(one)), ...all.filter(isNull)];
}

/** One of each list, the first of all of them first. */
function* combinations<T>([list, ...rest]: readonly (readonly T[])[]): Generator<T[]> {
  if (list === undefined) {
    yield [];
    return;
  }
  for (const one of list) for (const others of combinations(rest)) yield [one, ...others];
}
