import type { Field } from './fields.ts';

/** Text that stands where JSON is wanted, and is none yet. */
export class NotJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Members = Readonly<Record<string, unknown>>;

/** The first value of a form: the given members, and required ones that need no typing. */
export function startOf(fields: readonly Field[], given: object = {}): Members {
  const start: Record<string, unknown> = { ...given };
  for (const field of fields) {
    const value = start[field.name] ?? (field.required ? emptyOf(field) : undefined);
    if (value !== undefined) {
      start[field.name] = field.kind === 'object' && isMembers(value) ? startOf(field.fields, value) : value;
    }
  }
  return start;
}

/** The value of a member that is there and has nothing in it; undefined where only a person can say it. */
export function emptyOf(field: Field): unknown {
  if (field.kind === 'object') return startOf(field.fields);
  if (field.kind === 'choices' || field.kind === 'lines') return [];
  // One choice is none.
  if (field.kind === 'choice' && field.options.length === 1) return field.options[0];
  return undefined;
}

/** The same members with one of them set, or left out where the value is undefined. */
export function withMember(members: Members, name: string, value: unknown): Members {
  const { [name]: _, ...others } = members;
  if (value === undefined) return others;
  // Where it was, so that the order of the members stays.
  return name in members ? { ...members, [name]: value } : { ...others, [name]: value };
}

/**
 * The input to send, in the order of the fields: without empty texts and list items, and without text that is not JSON yet. Typed
 * JSON is sent as it is, and so is what has no field.
 */
export function inputOf(fields: readonly Field[], value: Members): Record<string, unknown> {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const names = Object.keys(value);
  const ordered = [
    ...[...byName.keys()].filter((name) => names.includes(name)),
    ...names.filter((name) => !byName.has(name)),
  ];
  return Object.fromEntries(
    ordered
      .map((name) => [name, sent(byName.get(name), value[name])] as const)
      .filter(([, member]) => member !== undefined),
  );
}

/** The places where text is no JSON. */
export function notJson(value: unknown, pointer = ''): readonly string[] {
  if (value instanceof NotJson) return [pointer];
  if (!isMembers(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    notJson(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** A typed number, or the text where it is none: the schema then says what is wrong with it. */
export function numberFrom(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : trimmed;
}

/** The value of typed JSON. */
export function jsonFrom(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return new NotJson(text);
  }
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NotJson);
}

function sent(field: Field | undefined, value: unknown): unknown {
  if (value instanceof NotJson) return undefined;
  if (field?.kind === 'object' && isMembers(value)) return inputOf(field.fields, value);
  if (field?.kind === 'lines' && Array.isArray(value)) return value.filter((item) => item !== '');
  return value === '' && field?.kind !== 'json' ? undefined : value;
}
