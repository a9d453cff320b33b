import { choiceOf, mappedValues, ownValues } from '../document/discriminators.ts';
import { componentName, isObject } from '../document/references.ts';
import type { Document, Schema } from '../document/types.ts';

/**
 * Discriminators as types know them: the branch that a value means has that value alone. Branches whose own schema says
 * so are left as they are.
 */
export class Narrowing {
  readonly #document: Document;
  /** By child, the discriminators of the schemas that it is made of. */
  readonly #children: ReadonlyMap<string, readonly { readonly name: string; readonly values: readonly string[] }[]>;

  constructor(document: Document) {
    this.#document = document;
    this.#children = childrenOf(document);
  }

  /** The branches of a choice with a discriminator. */
  branches(node: Schema, branches: readonly unknown[]): unknown[] {
    const choice = choiceOf(this.#document, node);
    if (choice === undefined) return [...branches];
    const { propertyName } = choice.discriminator;
    return branches.map((branch) => {
      const found = choice.branches.find(({ schema }) => schema === branch);
      if (found === undefined || found.isOwn) return branch;
      return { allOf: [branch, only(propertyName, found.values)] };
    });
  }

  /** A component that is made of one with a discriminator, with the values that mean it. */
  child(component: string, schema: Schema): Schema {
    const marks = (this.#children.get(component) ?? []).filter(({ name, values }) => {
      const own = (schema.allOf ?? []).some(
        (part) => !part.$ref && ownValues(this.#document, part, name) !== undefined,
      );
      const allowed = ownValues(this.#document, schema, name);
      const all = this.#document.components?.schemas ?? {};
      const isBase = Object.values(all).some((other) =>
        (other.oneOf ?? other.anyOf)?.some((one) => componentName('schemas', one) === component),
      );
      return !own && !isBase && (allowed === undefined || values.every((value) => allowed.includes(value)));
    });
    if (marks.length === 0) return schema;
    return { ...schema, allOf: [...(schema.allOf ?? []), ...marks.map(({ name, values }) => only(name, values))] };
  }
}

const only = (name: string, values: readonly unknown[]): Schema => ({
  type: 'object',
  required: [name],
  properties: {
    [name]: { ...(values.every((value) => typeof value === 'string') && { type: 'string' }), enum: values },
  },
});

/** The values that mean a component: those of the mapping, or its name where the mapping has no word of it. */
function meaning(component: string, mapping?: Readonly<Record<string, string>>): string[] {
  const values = mappedValues(component, mapping);
  return values.length > 0 ? values : [component];
}

function childrenOf(document: Document) {
  const found = new Map<string, { name: string; values: string[] }[]>();
  const schemas = Object.entries(document.components?.schemas ?? {});
  for (const [child, { allOf }] of schemas) {
    for (const part of allOf ?? []) {
      const base = componentName('schemas', part);
      const schema = base === undefined ? undefined : document.components?.schemas?.[base];
      const name = schema?.discriminator?.propertyName;
      if (!isObject(schema) || typeof name !== 'string' || (schema as Schema).oneOf || (schema as Schema).anyOf)
        continue;
      const values = meaning(child, (schema as Schema).discriminator?.mapping);
      found.set(child, [...(found.get(child) ?? []), { name, values }]);
    }
  }
  return found;
}
