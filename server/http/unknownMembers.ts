import { closest } from 'fastest-levenshtein';
import { isObject, type OpenApiDocument, resolve } from './document.ts';

export interface UnknownMember {
  /** Where it stood, such as `/body/resourceConfig/userPoolConfig`. */
  readonly path: string;
  /** The declared name that is nearest to it, where there is any. */
  readonly closest: string | undefined;
}

const MAX_REPORTED = 20;
const MAX_NAME = 100;

/**
 * A copy of a valid body without the members that its schema does not declare, and which those were.
 *
 * A service that gains members over the years is sent ones it does not know yet, and ignores them. An object that says
 * `additionalProperties: true` (or gives them a schema) keeps all of its members, but for `__proto__`.
 */
export function dropUnknownMembers(
  document: OpenApiDocument,
  schema: unknown,
  body: unknown,
): { readonly body: unknown; readonly dropped: readonly UnknownMember[] } {
  const dropped: UnknownMember[] = [];
  return { body: copy(document, [schema], body, '/body', dropped), dropped };
}

function copy(
  document: OpenApiDocument,
  schemas: readonly unknown[],
  value: unknown,
  path: string,
  dropped: UnknownMember[],
): unknown {
  if (Array.isArray(value)) {
    const items = parts(document, schemas).map((schema) => schema.items);
    return value.map((item, index) => copy(document, items, item, `${path}/${index}`, dropped));
  }
  if (!isObject(value)) return value;
  const all = parts(document, schemas);
  const declared = new Map<string, unknown[]>();
  let open = all.length === 0;
  const others: unknown[] = [];
  for (const schema of all) {
    for (const [name, member] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
      declared.set(name, [...(declared.get(name) ?? []), member]);
    }
    if (schema.additionalProperties === true || isObject(schema.additionalProperties) || schema.patternProperties) {
      open = true;
      others.push(schema.additionalProperties);
    }
    // Which branch the value took is not known here, so nothing can be said of its members.
    if (schema.oneOf || schema.anyOf || schema.not || schema.if || schema.propertyNames) open = true;
  }
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = declared.get(name);
    if (known !== undefined) {
      kept[name] = copy(document, known, member, `${path}/${name}`, dropped);
    } else if (open && name !== '__proto__') {
      kept[name] = copy(document, others, member, `${path}/${name}`, dropped);
    } else if (dropped.length < MAX_REPORTED) {
      const names = [...declared.keys()];
      const shown = name.slice(0, MAX_NAME);
      dropped.push({ path: `${path}/${shown}`, closest: names.length > 0 ? closest(shown, names) : undefined });
    }
  }
  return kept;
}

/** The schemas that all apply to one value: each resolved, with what its allOf adds. */
function parts(document: OpenApiDocument, schemas: readonly unknown[], depth = 0): Record<string, unknown>[] {
  return schemas.flatMap((schema) => {
    const resolved = resolve(document, schema);
    if (!isObject(resolved) || depth > 16) return [];
    const siblings = isObject(schema) && schema !== resolved ? [schema] : [];
    const all = Array.isArray(resolved.allOf) ? parts(document, resolved.allOf, depth + 1) : [];
    return [resolved, ...siblings, ...all];
  });
}
