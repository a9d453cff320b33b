import { isObject } from '../../document/references.ts';
import type { Document } from '../../document/types.ts';
import { walk } from '../../document/walk.ts';

/** Values that the client represents differently from JSON. */
export interface ValueConfig {
  /** The type of 64-bit integers. A number is exact only up to 2^53. @default number */
  readonly int64?: 'bigint' | 'string';
  /** The type of a `date-time`. A `date` has no time zone and is always a string. @default string */
  readonly dates?: 'Date';
}

type Kind = 'int64' | 'dates';

/** Whether a schema's own words say that its values have another form. */
export function kindOf(node: unknown, { int64, dates }: ValueConfig): Kind | undefined {
  if (!isObject(node)) return undefined;
  const types = [node.type].flat();
  const isInteger = types.includes('integer') || types.includes('number');
  if (int64 && isInteger && /^u?int64$/.test(`${node.format}`)) return 'int64';
  return dates && types.includes('string') && node.format === 'date-time' ? 'dates' : undefined;
}

/** Changes a document to the one of which openapi-typescript makes the types of the values that a caller sees. */
export function mapTypes(document: Document, config: ValueConfig): Document {
  walk(document, (node) => {
    const kind = kindOf(node, config);
    if (kind === undefined) return;
    const types = [node.type].flat().map((type) => (type === 'integer' ? 'number' : `${type}`));
    const plain = kind === 'int64' ? 'number' : 'string';
    // A list or an object beside it keeps the types that it has.
    if (!types.every((type) => ['number', 'string', 'boolean', 'null'].includes(type))) return;
    node['x-type'] = types.map((type) => (type === plain ? config[kind] : type)).join(' | ');
  });
  return document;
}
