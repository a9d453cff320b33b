import { pointerTo } from './references.ts';

/** Members whose own members have names that someone chose: `properties: { default: … }` is no default. */
const maps = new Set(
  (
    '$defs callbacks content definitions dependentSchemas encoding headers links parameters pathItems paths ' +
    'patternProperties properties requestBodies responses schemas securitySchemes webhooks'
  ).split(' '),
);

/** Members that hold any JSON, in which `$ref` is a word like any other. */
const data = new Set(['example', 'examples', 'default', 'const', 'enum', 'mapping', 'scopes']);

/** Where a walk is: the pointer is put together when it is asked for. */
export type Place = () => string;

/** Calls `visit` with each object of a document from the outside in, but not with what is mere data. */
export function walk(node: unknown, visit: (node: Record<string, unknown>, at: Place) => void): void {
  const into = (node: unknown, isMap: boolean, at: Place): void => {
    if (typeof node !== 'object' || node === null) return;
    if (!isMap && !Array.isArray(node)) visit(node as Record<string, unknown>, at);
    for (const [name, member] of Object.entries(node)) {
      if (isMap || !(data.has(name) || name.startsWith('x-')))
        into(member, !isMap && maps.has(name) && isPlain(member), () => pointerTo(at(), name));
    }
  };
  into(node, false, () => '#');
}

// `parameters` is a map in components and a list elsewhere.
const isPlain = (node: unknown): boolean => !Array.isArray(node);
