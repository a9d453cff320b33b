import { isObject } from '../../document/references.ts';
import { walk } from '../../document/walk.ts';
import type { Problem } from '../problems.ts';

type Node = Record<string, unknown>;

/** Mends a schema of a version of OpenAPI, and says in one sentence each what it was and how it is read. */
type Repair = (schema: Node, is30: boolean) => string[];

/**
 * Mends what many documents have wrong and what can mean but one thing: keywords of OpenAPI's other version, schemas that
 * are null, numbers in quotes, texts without. Answers what it mended, each with its place. Changes what it is given.
 */
export function repair(root: unknown, is30: boolean): Problem[] {
  const mended: Problem[] = [];
  walk(root, (node, at) => {
    for (const message of repairs.flatMap((one) => one(node, is30))) mended.push({ message, pointer: at() });
  });
  return mended;
}

const EXCLUSIVE = { exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' } as const;

const exclusiveBounds: Repair = (schema, is30) =>
  Object.entries(EXCLUSIVE).flatMap(([flag, bound]) => {
    const written = schema[flag];
    const limit = schema[bound];
    if (is30 && typeof written === 'number') {
      const isStricter =
        typeof limit !== 'number' || (flag === 'exclusiveMinimum' ? written >= limit : written <= limit);
      Object.assign(schema, isStricter ? { [bound]: written, [flag]: true } : { [flag]: false });
      return [
        `\`${flag}: ${written}\` is OpenAPI 3.1's, and is read as \`${bound}: ${schema[bound]}, ${flag}: ${schema[flag]}\``,
      ];
    }
    if (is30 || typeof written !== 'boolean') return [];
    delete schema[flag];
    if (!written || typeof limit !== 'number')
      return [`\`${flag}: ${written}\` is OpenAPI 3.0's, and says nothing here`];
    delete schema[bound];
    schema[flag] = limit;
    return [`\`${flag}: true\` is OpenAPI 3.0's, and is read as \`${flag}: ${limit}\``];
  });

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

const types: Repair = (schema, is30) => {
  const { type } = schema;
  if (type === 'file') {
    Object.assign(schema, { type: 'string', format: 'binary' });
    return ['`type: file` is Swagger 2’s, and is read as a text of the format binary'];
  }
  const all = [type].flat();
  if (!is30 || (typeof type === 'string' && type !== 'null') || !all.every((one) => TYPES.includes(one as string)))
    return [];
  const [first, ...others] = all.filter((one) => one !== 'null');
  if (others.length > 0 && schema.anyOf !== undefined) return [];
  delete schema.type;
  if (others.length > 0) schema.anyOf = [first, ...others].map((one) => ({ type: one }));
  else if (first !== undefined) schema.type = first;
  else schema.enum = [null];
  if (all.includes('null')) schema.nullable = true;
  return [`\`type: ${JSON.stringify(type)}\` is OpenAPI 3.1's, and is read as it is there`];
};

const HOLDERS = ['items', 'additionalProperties', 'schema', 'not'];

const absentSchemas: Repair = (schema) => {
  const members = isObject(schema.properties) ? schema.properties : {};
  const absent = [
    ...HOLDERS.filter((name) => schema[name] === null).map((name) => [schema, name] as const),
    ...Object.keys(members)
      .filter((name) => members[name] === null)
      .map((name) => [members, name] as const),
  ];
  return absent.map(([holder, name]) => {
    holder[name] = {};
    return `The schema of \`${name}\` is null, and is read as that of any value`;
  });
};

/** `required: true` of a member, as JSON Schema had it once. */
const requiredMembers: Repair = (schema) => {
  const members = Object.entries(isObject(schema.properties) ? schema.properties : {});
  return members.flatMap(([name, member]) => {
    if (!isObject(member) || typeof member.required !== 'boolean') return [];
    const { required } = member;
    delete member.required;
    const known = Array.isArray(schema.required) ? schema.required : [];
    if (required && !known.includes(name)) schema.required = [...known, name];
    return [`\`required: ${required}\` of the member \`${name}\` is read as a word of the object that has it`];
  });
};

const NUMBERS = ['Length', 'Items', 'Properties', 'imum'].flatMap((word) => [`min${word}`, `max${word}`]);

const quotedNumbers: Repair = (schema) =>
  [...NUMBERS, 'multipleOf'].flatMap((name) => {
    const written = schema[name];
    if (typeof written !== 'string' || !/^-?\d+(\.\d+)?$/.test(written)) return [];
    schema[name] = Number(written);
    return [`\`${name}: "${written}"\` is read as the number`];
  });

/** A value as one of the type that is said, where it can be read as one: `enum: [1, 2]` of a text, `["1", "2"]` of a number. */
function asType(type: unknown, value: unknown): unknown {
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof value !== 'string') return value;
  if (type === 'boolean') return value === 'true' || value === 'false' ? value === 'true' : value;
  const expression = type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d+)?$/;
  return (type === 'integer' || type === 'number') && expression.test(value) ? Number(value) : value;
}

/** YAML reads `1` and `true` as no texts: without quotes, an enum of texts would allow nothing. */
const mistypedEnums: Repair = (schema) => {
  const { type, enum: values } = schema;
  const [only, ...others] = [type].flat().filter((one) => one !== 'null');
  if (!Array.isArray(values) || others.length > 0) return [];
  const read = [...new Set(values.map((value) => asType(only, value)))];
  const changed = values.filter((value) => asType(only, value) !== value);
  if (changed.length === 0) return [];
  schema.enum = read;
  if (changed.includes(schema.default)) schema.default = asType(only, schema.default);
  const shown = changed.slice(0, 3).map((value) => JSON.stringify(value));
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
  return [
    `The enum has ${shown.join(', ')}${more}, which ${changed.length > 1 ? 'are' : 'is'} read as \`type: ${only}\``,
  ];
};

const FORM = /^(multipart\/|application\/x-www-form-urlencoded)/i;

/** A form is an object of its fields, also where its schema describes one file. */
const bareForms: Repair = ({ content }) =>
  Object.entries(isObject(content) ? content : {}).flatMap(([name, media]) => {
    const schema = isObject(media) ? media.schema : undefined;
    if (!FORM.test(name) || !isObject(schema) || typeof schema.type !== 'string') return [];
    if (schema.type === 'object' || (schema.type === 'array' && !/form/i.test(name))) return [];
    const { type, description } = schema;
    Object.assign(media as Node, { schema: { type: 'object', ...(description !== undefined && { description }) } });
    return [`The schema of ${name} is of type ${type}, and is read as that of any fields`];
  });

const repairs: readonly Repair[] = [
  exclusiveBounds,
  types,
  absentSchemas,
  requiredMembers,
  quotedNumbers,
  mistypedEnums,
  bareForms,
];
