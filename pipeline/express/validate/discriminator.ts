import { choiceOf, targetOf } from '../../document/discriminators.ts';
import type { Document, Schema } from '../../document/types.ts';
import type { Prepared } from './prepared.ts';

/**
 * A choice of schemas with a discriminator, as one condition for each branch. Only the branch that the value names is
 * checked: its violations are told at their own places, and its defaults are filled in. Undefined where the document
 * does not say which value means which branch; the choice is then checked as it stands.
 */
export function discriminated(
  document: Document,
  node: Schema,
  same: (node: unknown) => Prepared,
  inner: (node: unknown) => Prepared,
): Prepared[] | undefined {
  const found = choiceOf(document, node);
  if (found === undefined) return undefined;
  const { branches, discriminator, isNullable } = found;
  const { propertyName: name } = discriminator;
  const known = branches.flatMap(({ values }) => values);
  const fallback = discriminator?.defaultMapping;
  const when = (values: readonly unknown[]) => ({
    type: 'object',
    properties: { [name]: { enum: values } },
    required: [name],
  });
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  const conditions = branches.map(({ schema, values }) => ({ if: when(values), then: same(schema) }));
  const others =
    fallback !== undefined
      ? { if: when(known), else: same({ $ref: targetOf(document, fallback) }) }
      : { type: 'object', required: [name], properties: { [name]: inner({ enum: known }) } };
  const all = [others, ...conditions];
  return isNullable ? [{ if: { type: 'null' }, else: { allOf: all } }] : all;
}
