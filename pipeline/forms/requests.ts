import { cliCommand, inModelNames } from '../../server/console/awsNames.ts';
import type { Operation } from './document.ts';
import type { Field } from './fields.ts';
import { isMembers } from './input.ts';
import { quote } from './shell.ts';

type Input = Readonly<Record<string, unknown>>;

/** Where a request goes, and whether the server wants it signed. */
export interface Target {
  readonly baseUrl: string;
  readonly signed: boolean;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's. With braces: zsh takes `$AWS_REGION:a` for a modifier.
const REGION = '${AWS_REGION:-us-east-1}';

/** The request as a command of curl. Path values that are not there yet stay in braces. */
export function curlOf(operation: Operation, input: Input, { baseUrl, signed }: Target): string {
  const query = new URLSearchParams();
  const headers: [name: string, value: string][] = [];
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const place = operation.parameters[name];
    if (place === 'header') headers.push([name, String(value)]);
    else if (place === 'query') for (const item of [value].flat()) query.append(name, String(item));
    else if (place === undefined) members[name] = value;
  }
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name: string) =>
    input[name] === undefined ? whole : encodeURIComponent(String(input[name])),
  );
  const url = `${baseUrl.replace(/\/+$/, '')}${path}${query.size > 0 ? `?${query}` : ''}`;
  const lines = [`curl${operation.method === 'GET' ? '' : ` -X ${operation.method}`} ${quote(url)}`];
  if (signed) {
    lines.push(`--aws-sigv4 "aws:amz:${REGION}:amplifybackend"`, '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"');
  }
  for (const [name, value] of headers) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  if (operation.body !== 'none') {
    lines.push("-H 'Content-Type: application/json'");
    lines.push(
      `--data-raw ${quote(JSON.stringify(operation.body === 'value' ? members.body : members, null, 2) ?? '')}`,
    );
  }
  return lines.join(' \\\n  ');
}

/** The request as a command of the AWS CLI; undefined where that does not have the operation. */
export function awsCliOf(operation: Operation, input: Input, { baseUrl, signed }: Target): string | undefined {
  const command = cliCommand(operation);
  if (command === undefined) return undefined;
  const lines = [
    `aws amplifybackend ${command}`,
    `--endpoint-url ${quote(baseUrl.replace(/\/+$/, ''))}`,
    `--region "${REGION}"`,
  ];
  if (!signed) lines.push('--no-sign-request');
  lines.push(`--cli-input-json ${quote(JSON.stringify(inModelNames(input), null, 2))}`);
  return lines.join(' \\\n  ');
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

/** The request in each form, as it is shown and as it is copied. */
export function requestTexts(operation: Operation, fields: readonly Field[], input: Input, target: Target) {
  const seen = withoutSecrets(fields, input);
  const cli = awsCliOf(operation, input, target);
  return [
    { name: 'curl', shown: curlOf(operation, seen, target), copied: curlOf(operation, input, target) },
    {
      name: 'AWS CLI',
      shown: awsCliOf(operation, seen, target) ?? `The AWS CLI does not have ${operation.id}.`,
      copied: cli,
    },
    { name: 'Client', shown: clientCodeOf(operation, seen), copied: clientCodeOf(operation, input) },
  ];
}
