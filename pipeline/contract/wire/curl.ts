import type { Request } from './messages.ts';

/** A secret's text, and the variable that holds it where the line is pasted. */
export interface Secret {
  readonly value: string;
  readonly variable: string;
}

const LOOKS_SECRET = /authorization|token|secret|key|cookie|password/i;

/** A line for a shell that sends the request again. Secrets are variables of the shell. */
export function curlLine(url: URL, { method, headers, body }: Request, secrets: readonly Secret[]): string {
  const parts = ['curl -sS -i', method === 'HEAD' ? '-I' : `-X ${method}`, quoted(url.href, secrets)];
  // curl gives a body a Content-Type of its own if there is none.
  if (body !== undefined && headers['content-type'] === undefined) parts.push("-H 'content-type:'");
  for (const [name, value] of Object.entries(headers)) {
    const known = secrets.some((secret) => value.includes(secret.value));
    const variable = LOOKS_SECRET.test(name) && !known ? variableOf(name) : undefined;
    parts.push(variable === undefined ? `-H ${quoted(`${name}: ${value}`, secrets)}` : `-H "${name}: $${variable}"`);
  }
  if (body !== undefined) {
    const text = typeof body === 'string' ? body : body.toString('latin1');
    parts.push(
      text.includes('\r') || text.includes('\0')
        ? `--data-binary ${ansi(text)}`
        : `--data-raw ${quoted(text, secrets)}`,
    );
  }
  return parts.join(' ');
}

/** `x-api-key` becomes `API_KEY`. */
export const variableOf = (name: string): string =>
  name
    .replace(/^x-/i, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();

function quoted(text: string, secrets: readonly Secret[]): string {
  const held = secrets.find(({ value }) => value !== '' && text.includes(value));
  const single = (part: string) => (part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`);
  if (held === undefined) return single(text) || "''";
  const [before = '', ...after] = text.split(held.value);
  return `${single(before)}"$${held.variable}"${single(after.join(held.value))}`;
}

/** The quoting of bash and zsh that can write control characters. */
function ansi(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replaceAll('\u0000', '');
  return `$'${escaped}'`;
}
