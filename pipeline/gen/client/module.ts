import type { Operation } from '../../document/operations.ts';
import { resolve } from '../../document/references.ts';
import type { Document, SecurityScheme } from '../../document/types.ts';
import { jsdoc, literal, member } from '../text.ts';
import { descriptorOf, isSendable } from './descriptor.ts';
import { exceptionsOf } from './exceptions.ts';
import type { ValueConfig } from './mapped.ts';
import { Mapping } from './mapping.ts';
import { methodName, namesFor } from './names.ts';
import type { Pagination } from './pagination.ts';

/** Pages, protocol and credentials of a generated client, and how it represents values. */
export interface ClientConfig extends ValueConfig {
  /** Pages, by the id of the operation; they win over `x-pagination`. */
  readonly pages?: Readonly<Record<string, Pagination>>;
  /** A module of yours that exports `protocol`, relative to the module of the client. */
  readonly protocol?: string;
  /** Whether to write `validate.ts` beside the client: checks of answers, for the option `validate`. @default false */
  readonly validate?: boolean;
  /** Whether requests carry the credentials of the document's security schemes. @default true */
  readonly security?: boolean;
}

export interface ModuleOptions extends ClientConfig {
  /** Where the types of the document are, as the module imports them. */
  readonly types: string;
  /** The module with the types of mapped values, such as `Date`. @default types */
  readonly mappedTypes?: string;
  /** The first lines of the file. */
  readonly banner: string;
}

/**
 * The module of a document's client. It is one file that imports values of the core alone, and types by `.js`: so it
 * compiles without `allowImportingTsExtensions`, and Node runs it as it is.
 */
export function clientModule(document: Document, operations: readonly Operation[], options: ModuleOptions): string {
  const names = namesFor(operations);
  const exceptions = exceptionsOf(document, operations, names);
  const isSecured = options.security !== false;
  const mapping = isMapped(options) ? new Mapping(document, options, names.give) : undefined;
  const { mappedTypes = options.types } = options;
  const uses = new Set<string>();
  const constants: string[] = [];
  const methods: string[] = [];
  const table: string[] = [];
  for (const operation of operations) {
    const { id, object } = operation;
    const name = names.operations.get(id) ?? id;
    const descriptor = descriptorOf(document, operation, {
      errors: exceptions.of(operation),
      pagination: options.pages?.[id],
      isSecured,
      mapping,
    });
    for (const one of descriptor.uses) uses.add(one);
    const shape = descriptor.shape.map(([key, code]) => `${key}: ${code}`).join('; ');
    const type = `Operation<operations[${literal(id)}]${shape && `, { ${shape} }`}>`;
    const fields = descriptor.fields.map(([key, code]) => `  ${key}: ${code},\n`);
    constants.push(`export const ${name}: ${type} = {\n${fields.join('')}};\n`);
    const about = [
      object.summary,
      object.description !== object.summary && object.description,
      object.deprecated && '@deprecated',
    ];
    methods.push(
      `${jsdoc(about.filter(Boolean).join('\n\n'), '  ')}  readonly ${member(methodName(id))}: Method<typeof ${name}>;\n`,
    );
    table.push(name === id ? `  ${id},\n` : `  ${member(id)}: ${name},\n`);
  }

  const schemes = isSecured ? Object.entries(document.components?.securitySchemes ?? {}) : [];
  const sent = schemes.filter(([, scheme]) => isSendable(resolve<SecurityScheme>(document, scheme)));
  const known = sent.map(([name]) => literal(name)).join(' | ') || 'never';
  const imports = [
    ...(exceptions.code ? ['ApiException'] : []),
    ...uses,
    // Imports that nobody uses are errors under `noUnusedLocals`.
    ...(operations.length > 0 ? ['type Method', 'type Operation'] : []),
    ...['createApiClient', 'type IsError', 'isErrorOf', 'type ClientOptions as Options'],
  ];
  const types = [
    ...(/\bcomponents\[/.test(exceptions.code) ? ['components'] : []),
    ...(operations.length > 0 ? ['operations'] : []),
  ];
  const converters = mapping?.code() ?? '';
  if (`${converters}${constants}`.includes('values.')) imports.push('values');
  const protocol = options.protocol !== undefined;
  return `${options.banner}
import {
${imports
  .sort((a, b) => (key(a) < key(b) ? -1 : 1))
  .map((name) => `  ${name},\n`)
  .join('')}} from 'openapi-strict-fetch';
${types.length > 0 ? `import type { ${types.join(', ')} } from '${mappedTypes}';\n` : ''}${protocol ? `import { protocol } from ${literal(options.protocol)};\n` : ''}
export {
${exported.map((name) => `  ${name},\n`).join('')}} from 'openapi-strict-fetch';
${mappedTypes === options.types ? `export type { components, operations, paths } from '${options.types}';` : `export type { components, operations } from '${mappedTypes}';\nexport type { paths } from '${options.types}';`}
${exceptions.code}
${converters && `${converters}\n`}${constants.join('\n')}
const table = {
${table.join('')}};

/** The credentials of \`security\` go by the names of the document's security schemes. */
export type ClientOptions = Options<${known}>;

/** A method for each operation. */
export interface Client {
${methods.join('')}}

/** Makes a client of the whole API. \`createApiClient\` of openapi-strict-fetch makes one of a few operations. */
export const createClient = (options: ClientOptions): Client =>
  createApiClient<typeof table, Client>(table, ${protocol ? '{ protocol, ...options }' : 'options'});

/** Whether an error is the answer of an operation, with this status where one is given. Narrows its body. */
export const isError: IsError<typeof table> = isErrorOf as IsError<typeof table>;
`;
}

/** Whether callers have values in another form than JSON's. */
export const isMapped = ({ int64, dates }: ValueConfig): boolean => int64 !== undefined || dates !== undefined;

/** The names of the core that users of a client need. */
const exported = [
  ...['type Answer', 'ApiException', 'type Attempt', 'type CallOptions', 'type Credential', 'type HeadersInput'],
  ...['NetworkError', 'type RetryOptions', 'type ServerSentEvent', 'TimeoutError', 'UnreadableError', 'type Upload'],
];

const key = (name: string): string => name.replace('type ', '').toLowerCase();
