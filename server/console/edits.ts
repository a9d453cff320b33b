import { mergedSchema, type OpenApiDocument, type Schema } from '../../pipeline/forms/document.ts';
import { holdsObjects, isObject } from './settings.ts';

/**
 * The part of a configuration to send: the groups that were edited, and what the schema requires.
 *
 * An update replaces each group that it names and keeps the others, so a group that nobody touched must not be sent: it
 * would undo what someone else made of it in the meantime. Within an edited group, members that were not edited take
 * their present value, for the same reason.
 *
 * @param began the configuration that the form started with
 * @param mine the form's configuration
 * @param now the configuration as it was last read
 * @param isGroup whether the members of `schema` are groups, which are sent whole
 */
export function edited(
  document: OpenApiDocument,
  schema: Schema,
  began: unknown,
  mine: unknown,
  now: unknown,
  isGroup = false,
): object {
  const { properties = {}, required = [] } = mergedSchema(document, schema);
  const [from, to, present] = [membersOf(began), membersOf(mine), membersOf(now)];
  const sent: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(to)) {
    const member = mergedSchema(document, properties[name] ?? {});
    if (!isGroup && isObject(value) && holdsObjects(document, member)) {
      // The groups lie in here; what lies within a group is replaced with it.
      const within = edited(document, member, from[name], value, present[name], true);
      if (required.includes(name) || Object.keys(within).length > 0) sent[name] = within;
    } else if (!equal(value, from[name])) {
      sent[name] = merged(from[name], value, present[name]);
    } else if (required.includes(name)) {
      sent[name] = present[name] ?? value;
    }
  }
  return sent;
}

/** A three-way merge: members changed on one side take that side's value; changed on both, mine wins. */
function merged(began: unknown, mine: unknown, now: unknown): unknown {
  if (equal(mine, began)) return now;
  if (equal(now, began) || !isObject(mine) || !isObject(now)) return mine;
  const from = membersOf(began);
  const names = new Set([...Object.keys(mine), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names]
      .map((name) => [name, merged(from[name], mine[name], now[name])] as const)
      .filter(([, value]) => value !== undefined),
  );
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** Whether two JSON values are the same; the order of members does not count. */
export function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => equal(a[name], b[name]));
}
