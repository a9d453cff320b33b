import * as sdk from '@aws-sdk/client-amplifybackend';
import { NormalizedSchema } from '@smithy/core/schema';
import { below, each, type Facts, fact, type OperationFacts } from './facts.ts';
import { enumOf } from './sdkEnums.ts';

/*
 * The SDK publishes what it sends and reads as data beside its commands: `UpdateBackendAuth$` is an operation,
 * `EmailSettings$` a structure, `NotFoundException$` an error. Smithy's own reader makes sense of their traits.
 */
type OperationSchema = typeof sdk.UpdateBackendAuth$;
type StructureSchema = typeof sdk.EmailSettings$;
type ErrorSchema = typeof sdk.NotFoundException$;

const OPERATION = 9;
const STRUCTURE = 3;
const ERROR = -3;
const service = sdk.UpdateBackendAuth$[1];
const schemas = Object.values(sdk).filter(
  (value): value is OperationSchema | StructureSchema | ErrorSchema => Array.isArray(value) && value[1] === service,
);
const named = <T>(kind: number): ReadonlyMap<string, T> =>
  new Map(schemas.filter((schema) => schema[0] === kind).map((schema) => [schema[2], schema as T]));

const operations = named<OperationSchema>(OPERATION);
const structures = named<StructureSchema>(STRUCTURE);
const errors = named<ErrorSchema>(ERROR);

export function sdkOperation(id: string): OperationFacts | undefined {
  const schema = operations.get(id);
  if (!schema) return undefined;
  const [, , , , input, output] = schema;
  const http = NormalizedSchema.of(schema).getOwnTraits().http;
  if (!http) throw new Error(`The SDK does not say where it sends ${id}.`);
  const [method, path, status] = http;
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, label: string) => `{${inDocument(label)}}`),
    status,
    input: Object.fromEntries(
      membersOf(NormalizedSchema.of(input)).map(([at, place, what]) => [`${at} ${place}`, what]),
    ),
    output: shown(NormalizedSchema.of(output)),
  };
}

/** The names that the model has for the members of an operation's input, by those on the wire: `oAuth.…` is `OAuth.…`. */
export function sdkMemberNames(id: string): ReadonlyMap<string, string> | undefined {
  const schema = operations.get(id);
  return schema && new Map(namesOf(NormalizedSchema.of(schema[4])));
}

function namesOf(schema: NormalizedSchema, wire = '', model = ''): [wire: string, model: string][] {
  if (!schema.isStructSchema()) return [];
  return [...schema.structIterator()].flatMap(([name, member]): [string, string][] => {
    const { httpLabel, httpQuery, httpHeader, jsonName } = member.getMergedTraits();
    const sent = `${wire}${httpLabel ? inDocument(name) : (httpQuery ?? httpHeader ?? jsonName ?? name)}`;
    return [[sent, `${model}${name}`], ...namesOf(member, `${sent}.`, `${model}${name}.`)];
  });
}

/** The members of a structure by its name. */
export function sdkStructure(name: string): Facts | undefined {
  const schema = structures.get(name);
  return schema && shown(NormalizedSchema.of(schema));
}

export interface SdkError {
  readonly status: number;
  readonly members: Facts;
}

/** The errors that the SDK has a class for. */
export const sdkErrors: ReadonlyMap<string, SdkError> = new Map(
  [...errors].map(([name, error]) => {
    const schema = NormalizedSchema.of(error);
    return [name, { status: Number(schema.getOwnTraits().httpError), members: shown(schema) }];
  }),
);

/** How many members of an operation's answer the SDK takes for granted. */
export function requiredInAnswer(id: string): number {
  const output = operations.get(id)?.[5];
  return output === undefined ? 0 : requiredBy(NormalizedSchema.of(output));
}

function shown(schema: NormalizedSchema): Facts {
  return Object.fromEntries(membersOf(schema).map(([, place, what]) => [place, what]));
}

type Member = [at: string, place: string, what: string];

function membersOf(schema: NormalizedSchema, place = ''): Member[] {
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return [['body', each(place), typeOf(item)], ...membersOf(item, each(place))];
  }
  if (!schema.isStructSchema()) return [];
  const required = requiredBy(schema);
  return [...schema.structIterator()].flatMap(([name, member], index): Member[] => {
    const traits = member.getMergedTraits();
    const label = traits.httpLabel ? inDocument(name) : undefined;
    const at = label ? 'path' : traits.httpQuery ? 'query' : traits.httpHeader ? 'header' : 'body';
    const inside = below(place, label ?? traits.httpQuery ?? traits.httpHeader ?? traits.jsonName ?? name);
    const choice = enumOf(schema.getName() ?? '', name);
    const items = membersOf(member, inside).map(([at, place, what]): Member => {
      // The values of a list are told where the list is.
      return [at, place, choice && place === each(inside) ? `${what} of ${choice}` : what];
    });
    const type = choice && !member.isListSchema() ? `${typeOf(member)} of ${choice}` : typeOf(member);
    return [[at, inside, fact(type, index < required)], ...items];
  });
}

/** Those that a structure requires come first, and it says how many they are. */
function requiredBy(schema: NormalizedSchema): number {
  const [, , , , , , required = 0] = schema.getSchema() as StructureSchema;
  return required;
}

function typeOf(schema: NormalizedSchema): string {
  if (schema.isStructSchema()) return 'structure';
  if (schema.isListSchema()) return 'list';
  if (schema.isStringSchema()) return 'string';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema()) return 'number';
  return `${schema.getName(true)}`;
}

/** Labels of a path are names within the SDK only; the document writes them as the bodies do. */
function inDocument(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
