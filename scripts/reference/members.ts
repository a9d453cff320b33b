import type { Declaration } from './declarations.ts';
import { code, prose, table } from './markdown.ts';

/** The members of an interface or a class as a table, those that must be given marked as such. */
export function membersOf({ members }: Declaration, head: string): string {
  const rows = members.map(({ name, type, isOptional, about, fallback }) => [
    `${code(name)}${isOptional ? '' : ' *'}`,
    code(type),
    prose(about) + (fallback === undefined ? '' : ` Default: ${prose(fallback)}.`),
  ]);
  return table([head, 'type', 'about'], rows);
}
