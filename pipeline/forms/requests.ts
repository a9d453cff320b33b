import type { Operation } from './document.ts';
import type { Field } from './fields.ts';
import { isMembers } from './input.ts';
import { quote } from './shell.ts';
import { type WrittenBody, write } from './written.ts';

type Input = Readonly<Record<string, unknown>>;

/** The server that a copied request goes to. */
export interface Target {
  readonly baseUrl: string;
  /** Further arguments of curl, one a line, such as those that sign the request. @default none */
  readonly curlArguments?: readonly string[];
}

/** Writes the request in one form, such as a command of a vendor's CLI; undefined where that form lacks the operation. */
export interface RequestWriter {
  readonly name: string;
  readonly write: (operation: Operation, input: Input, target: Target) => string | undefined;
}

/** The request as a curl command. Path values that are still missing stay in braces. */
export function curlOf(operation: Operation, input: Input, { baseUrl, curlArguments = [] }: Target): string {
  const { path, headers, body } = write(operation, input, 2);
  const url = `${baseUrl.replace(/\/+$/, '')}${path}`;
  const lines = [`curl${operation.method === 'GET' ? '' : ` -X ${operation.method}`} ${quote(url)}`];
  lines.push(...curlArguments);
  for (const [name, value] of headers) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  lines.push(...bodyArguments(body));
  return lines.join(' \\\n  ');
}

function bodyArguments(body: WrittenBody | undefined): string[] {
  switch (body?.kind) {
    case 'text':
      return [`-H ${quote(`Content-Type: ${body.type}`)}`, `--data-raw ${quote(body.text)}`];
    case 'file':
      return [`-H ${quote(`Content-Type: ${body.type}`)}`, `--data-binary ${quote(`@${body.file?.name ?? 'FILE'}`)}`];
    case 'parts':
      return body.parts.map(({ name, value, type }) => {
        if (value instanceof File) return `-F ${quote(`${name}=@${value.name}`)}`;
        return type ? `-F ${quote(`${name}=${value};type=${type}`)}` : `--form-string ${quote(`${name}=${value}`)}`;
      });
    default:
      return [];
  }
}

/** The call of the client's method. */
export function clientCodeOf(operation: Operation, input: Input): string {
  const method = operation.id.charAt(0).toLowerCase() + operation.id.slice(1);
  return `const answer = await client.${method}(${Object.keys(input).length > 0 ? literal(input) : ''});`;
}

/** A value as JavaScript: JSON, with names in quotes only where they must be. */
function literal(value: unknown, indent = ''): string {
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : isMembers(value)
      ? Object.entries(value).map(([name, member]) => `${key(name)}: ${literal(member, deeper)}`)
      : undefined;
  if (lines === undefined) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return lines.length === 0
    ? `${open}${close}`
    : `${open}\n${lines.map((line) => `${deeper}${line},\n`).join('')}${indent}${close}`;
}

function key(name: string): string {
  // In a literal `__proto__: …` sets the prototype; as a computed name it is a member.
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** The input with dots for secrets, for a request that is looked at. */
export function withoutSecrets(fields: readonly Field[], input: Input): Input {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const field = fields.find((one) => one.name === name);
      if (field?.secret) return [name, '••••••'];
      return [name, field?.kind === 'object' && isMembers(value) ? withoutSecrets(field.fields, value) : value];
    }),
  );
}

const CURL: RequestWriter = { name: 'curl', write: curlOf };
const CLIENT: RequestWriter = { name: 'Client', write: clientCodeOf };

/** The request in each form: as it is shown, with secrets hidden, and as it is copied. */
export function requestTexts(
  operation: Operation,
  fields: readonly Field[],
  input: Input,
  target: Target,
  more: readonly RequestWriter[] = [],
) {
  const seen = withoutSecrets(fields, input);
  return [CURL, ...more, CLIENT].map(({ name, write }) => ({
    name,
    shown: write(operation, seen, target) ?? `${name} does not have ${operation.id}.`,
    copied: write(operation, input, target),
  }));
}
