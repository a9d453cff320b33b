import { itemSchema, memberSchema } from './schemas.ts';
import type { Document, Schema } from './types.ts';
import { isStructure, listOf, membersOf, type Pair, readScalar, StyleError, set, shapeOf, textOf } from './values.ts';

const MAX_DEPTH = 32;
const MAX_INDEX = 9_999;

/**
 * An object in pairs: `filter[a][b]` for members within members. Items of a list repeat the name of the list; those
 * that are structures themselves are numbered.
 */
export function deepPairs(name: string, value: object): Pair[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      isStructure(item) ? deepPairs(`${name}[${index}]`, item) : [[name, textOf(item)] as const],
    );
  }
  return membersOf(value).flatMap(([key, member]) => {
    if (key === '' || /[[\]]/.test(key)) {
      throw new StyleError(`A member called ${JSON.stringify(key)} can not be written in the style deepObject.`);
    }
    const inner = `${name}[${key}]`;
    return isStructure(member) ? deepPairs(inner, member) : [[inner, textOf(member)] as const];
  });
}

export const isDeepName = (name: string, key: string): boolean => key.startsWith(`${name}[`) && key.endsWith(']');

/** The texts sent under a name, or the values sent under the names within it. */
interface Branch {
  readonly texts: string[];
  readonly members: Map<string, Branch>;
}

const branch = (): Branch => ({ texts: [], members: new Map() });

/** The object that pairs stand for. `tags[]=a` and `tags[0]=a` are taken as items of a list, as `tags=a` is. */
export function deepValue(
  document: Document,
  name: string,
  schema: Schema | undefined,
  pairs: readonly Pair[],
): unknown {
  const root = branch();
  for (const [key, text] of pairs) {
    const segments = key.slice(name.length + 1, -1).split('][');
    if (segments.length > MAX_DEPTH) throw new StyleError(`${name} is nested deeper than ${MAX_DEPTH} levels.`);
    let at = root;
    for (const segment of segments) {
      const next = at.members.get(segment) ?? branch();
      at.members.set(segment, next);
      at = next;
    }
    at.texts.push(text);
  }
  return build(document, schema, root, name);
}

function build(document: Document, schema: Schema | undefined, { texts, members }: Branch, name: string): unknown {
  const shape = shapeOf(document, schema);
  const unnamed = members.get('');
  const keys = [...members.keys()];
  const numbered = keys.length > 0 && keys.every((key) => key === '' || /^\d+$/.test(key));
  if (shape === 'array' || (shape === 'any' && unnamed !== undefined)) {
    const items: unknown[] = listOf(document, schema, [...texts, ...(unnamed?.texts ?? [])]);
    for (const [key, member] of numbered ? members : []) {
      if (key === '') continue;
      if (Number(key) > MAX_INDEX) throw new StyleError(`${name} has an index above ${MAX_INDEX}.`);
      const item = schema && itemSchema(document, schema, Number(key));
      items.push(build(document, item, member, `${name}[${key}]`));
    }
    if (keys.length > 0 && !numbered) throw new StyleError(`${name} must be a list.`);
    return items;
  }
  if (members.size > 0) {
    if (texts.length > 0) throw new StyleError(`${name} is both a value and an object.`);
    const object = {};
    for (const [key, member] of members) {
      const inner = schema && memberSchema(document, schema, key);
      set(object, key, build(document, inner, member, `${name}[${key}]`));
    }
    return object;
  }
  return texts.length > 1 ? listOf(document, schema, texts) : readScalar(document, schema, texts[0] ?? '');
}
