import { Names, reservedForOperations } from '../document/identifiers.ts';
import { operationsIn } from '../document/operations.ts';
import {
  DocumentError,
  isObject,
  isReference,
  pointed,
  pointedAt,
  pointerTo,
  segmentsOf,
} from '../document/references.ts';
import type { Document, OperationObject } from '../document/types.ts';
import { walk } from '../document/walk.ts';
import type { Report } from './report.ts';
import { dropSelfReferences } from './selfReferences.ts';
import { withoutQueryTemplates } from './source/queryTemplates.ts';

/**
 * The document as everything else takes it: every operation has an id that can be a file and a name in TypeScript, and
 * every reference leads to a component. Otherwise it says what it said.
 */
export function normalise(original: Document, report: Report): Document {
  const document = structuredClone(original) as Mutable;
  document.paths ??= {};
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/'))
      delete document.paths[path]; // x-…
    else document.paths[path] = inlined(document, item, []) as Node;
  }
  document.paths = withoutTemplates(document.paths);
  hoistSchemas(document);
  inlineOthers(document);
  dropSelfReferences(document as Document, report);
  spellOutBooleans(document);
  nameOperations(document, report);
  return document as Document;
}

type Node = Record<string, unknown>;
interface Mutable extends Omit<Document, 'paths' | 'components'> {
  paths?: Record<string, Node>;
  components?: Record<string, Node>;
}

/** Parameters of a query are declared, and do not stand in the path; but for a path that would then be another one. */
function withoutTemplates(paths: Record<string, Node>): Record<string, Node> {
  const bare = Map.groupBy(Object.keys(paths), withoutQueryTemplates);
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const wish = withoutQueryTemplates(path);
      return [bare.get(wish)?.length === 1 ? wish : path, item];
    }),
  );
}

/** A path item without its reference. Members beside the reference win. */
function inlined(document: Mutable, node: unknown, through: readonly string[]): unknown {
  if (!isReference(node)) return node;
  const { $ref, ...members } = node;
  if (through.includes($ref)) throw leadsBack($ref);
  const target = inlined(document, pointed(document, $ref), [...through, $ref]);
  return { ...(structuredClone(target) as object), ...members };
}

const isComponent = (ref: string): boolean => {
  const segments = segmentsOf(ref);
  return segments[0] === 'components' && segments.length === 3;
};

/**
 * Makes schemas that are parts of something, such as `#/components/schemas/Tag/allOf/0`, components of their own, to
 * which both places then refer. Neither the validator nor the types can refer to a part.
 */
function hoistSchemas(document: Mutable): void {
  const hoisted = new Map<string, string>();
  const found: (Node & { $ref: string })[] = [];
  walk(document, (node) => {
    if (isReference(node) && !isComponent(node.$ref) && isSchemaPointer(node.$ref)) found.push(node as never);
  });
  for (const node of found) {
    let ref = hoisted.get(node.$ref);
    if (ref === undefined) {
      ref = hoist(document, node.$ref);
      hoisted.set(node.$ref, ref);
    }
    node.$ref = ref;
  }
}

function hoist(document: Mutable, ref: string): string {
  const target = pointed(document, ref);
  // Hoisted by another spelling of its pointer, or a reference from the start.
  if (isReference(target) && isComponent(target.$ref) && Object.keys(target).length === 1) return target.$ref;
  const segments = segmentsOf(ref);
  const holder = pointedAt(document, segments.slice(0, -1), ref) as Node;
  const last = segments.at(-1) ?? '';
  document.components ??= {};
  document.components.schemas ??= {};
  const { schemas } = document.components;
  const words = segments
    .filter((segment) => !WORDS.has(segment))
    .map((segment) => segment.replaceAll(/[^a-zA-Z0-9._-]+/g, '_'));
  const wish = words.slice(segments[0] === 'components' ? 0 : 1).join('_') || 'Schema';
  let name = wish;
  for (let count = 2; Object.hasOwn(schemas, name); count++) name = `${wish}${count}`;
  schemas[name] = target;
  const made = pointerTo('#/components/schemas', name);
  holder[last] = { $ref: made };
  return made;
}

const WORDS = new Set(
  'components schemas properties paths content schema responses allOf anyOf oneOf items $defs'.split(' '),
);
const SCHEMA_MEMBERS = [
  'items',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'schema',
  'additionalProperties',
  'itemSchema',
];
const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SCHEMA_MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];

function isSchemaPointer(ref: string): boolean {
  if (!ref.startsWith('#/')) return false;
  const segments = segmentsOf(ref);
  const [before, last] = segments.slice(-2) as [string, string];
  return SCHEMA_MEMBERS.includes(last) || SCHEMA_LISTS.includes(before) || SCHEMA_MAPS.includes(before);
}

/** Replaces references to what else is no component (`#/paths/~1a/get/…`) by what they lead to. */
function inlineOthers(document: Mutable): void {
  walk(document, (node) => {
    const through: string[] = [];
    while (isReference(node) && node.$ref.startsWith('#/') && !isComponent(node.$ref)) {
      const { $ref, ...members } = node as Node & { $ref: string };
      // A reference to where it stands grows with each time.
      if (through.includes($ref) || through.length > 100) throw leadsBack($ref);
      through.push($ref);
      const target = pointed(document, $ref);
      if (JSON.stringify(target).includes(JSON.stringify($ref))) throw leadsBack($ref);
      delete (node as Node).$ref;
      Object.assign(node, structuredClone(target), members);
    }
  });
}

const leadsBack = (ref: string) =>
  new DocumentError(`The reference ${ref} leads back to itself; make it a component.`, ref);

/** Schemas that are `true` or `false`, written as objects: openapi-typescript stumbles over some of the others. */
function spellOutBooleans(document: Mutable): void {
  const spell = (holder: Node, names: readonly string[]) => {
    for (const name of names) {
      if (holder[name] === true) holder[name] = {};
      if (holder[name] === false) holder[name] = { not: {} };
    }
  };
  walk(document, (node) => {
    spell(
      node,
      SCHEMA_MEMBERS.filter((name) => name !== 'additionalProperties'),
    );
    for (const name of [...SCHEMA_LISTS, ...SCHEMA_MAPS, 'schemas']) {
      const holder = node[name];
      if (typeof holder === 'object' && holder !== null) spell(holder as Node, Object.keys(holder));
    }
  });
}

/** Ids that will do are kept; the others are made of what there is. */
function nameOperations(document: Mutable, report: Report): void {
  const names = new Names(reservedForOperations);
  const all = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    operationsIn(item).map(({ method, object, segments }) => ({
      path,
      method,
      operation: object as Writable,
      pointer: pointerTo('#/paths', path, ...segments),
    })),
  );
  const unnamed = all.filter(({ operation: { operationId } }) => !operationId || !names.claim(String(operationId)));
  for (const { path, method, operation, pointer } of unnamed) {
    const { operationId } = operation;
    operation.operationId = names.give(operationId ? String(operationId) : `${method.toLowerCase()} ${path}`);
    const words = operationId
      ? `the operation ${JSON.stringify(operationId)} is called ${operation.operationId}`
      : `the operation has no id, and is called ${operation.operationId}`;
    report.add({
      kind: 'renamed',
      message: `${method} ${path}: ${words}.`,
      operations: [operation.operationId],
      pointer,
    });
  }
  dropOtherIds(document, new Set(all.map(({ operation }) => operation)));
}

type Writable = { -readonly [Name in keyof OperationObject]: OperationObject[Name] };

/** Callbacks and webhooks are operations nobody serves here; their ids would get in the way of the others. */
function dropOtherIds(document: Mutable, served: ReadonlySet<object>): void {
  walk(document, (node) => {
    if (isObject(node.responses) && !served.has(node)) delete node.operationId;
  });
}
