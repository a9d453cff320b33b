import { closest } from 'fastest-levenshtein';
import document from '../../generated/openapi.json' with { type: 'json' };
import type { OperationId } from '../../generated/operations.ts';
import { inputOf } from '../../pipeline/document/input.ts';
import { operationsOf } from '../../pipeline/document/operations.ts';
import { itemSchema, memberNames, memberSchema, partsOf } from '../../pipeline/document/schemas.ts';
import type { Document, Schema } from '../../pipeline/document/types.ts';

const contract = document as unknown as Document;
const MAX_SHOWN = 20;

/** A sentence for each member of an input that the document does not declare, with the closest name that it does. */
export function unknownMembers(id: OperationId, input: Readonly<Record<string, unknown>>): string[] {
  const operation = operationsOf(contract).find((one) => one.id === id);
  if (operation === undefined) return [];
  const { parameters, body, bodyName, members } = inputOf(contract, operation);
  const schema = operation.body?.contents[0]?.schema;
  const names = [...parameters.map(({ name }) => name), ...(body === 'value' ? [bodyName] : members)];
  const found: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (!names.includes(name)) found.push(sentence(name, name, names));
    else if (members.includes(name)) look(memberSchema(contract, schema, name), value, name, found);
  }
  return found.slice(0, MAX_SHOWN);
}

function look(schema: Schema | undefined, value: unknown, path: string, found: string[]): void {
  if (schema === undefined || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      look(itemSchema(contract, schema, index), item, `${path}.${index}`, found);
    return;
  }
  const names = memberNames(contract, schema);
  for (const [name, member] of Object.entries(value)) {
    if (names.includes(name)) look(memberSchema(contract, schema, name), member, `${path}.${name}`, found);
    else if (names.length > 0 && !takesOthers(schema)) found.push(sentence(`${path}.${name}`, name, names));
  }
}

const takesOthers = (schema: Schema): boolean =>
  partsOf(contract, schema).some((part) => part.additionalProperties || part.patternProperties);

function sentence(path: string, name: string, names: readonly string[]): string {
  const hint = names.length > 0 ? ` Did you mean ${closest(name, names)}?` : '';
  return `The document has no member ${JSON.stringify(path)}.${hint}`;
}
