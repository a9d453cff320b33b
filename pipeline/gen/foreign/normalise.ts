import { type Document, isReference, methods, type OperationObject, pointed } from '../../document/document.ts';
import { StepFailed } from '../step.ts';
import { Names, reserved, reservedForOperations } from '../../document/identifiers.ts';
import { walk } from './walk.ts';

export interface Normalised {
  readonly document: Document;
  /** One line for each operation that is not called as the document calls it. */
  readonly renamed: readonly string[];
}

/**
 * The document as the other steps take it: every operation has an id that can be a file and a name in TypeScript, and
 * only schemas, parameters and the like refer to something. What it says is otherwise left alone.
 */
export function normalise(original: Document): Normalised {
  const document = structuredClone(original) as Mutable;
  document.paths ??= {};
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/'))
      delete document.paths[path]; // x-…
    else document.paths[path] = inlined(document, item, []) as Record<string, unknown>;
  }
  inlineStrayReferences(document);
  spellOutBooleans(document);
  const renamed = nameOperations(document);
  return { document, renamed };
}

interface Mutable extends Omit<Document, 'paths'> {
  paths?: Record<string, Record<string, unknown>>;
}

/** What a path item that refers to another one is. Members beside the reference win. */
function inlined(document: Document, node: unknown, through: readonly string[]): unknown {
  if (!isReference(node)) return node;
  const { $ref, ...members } = node;
  if (through.includes($ref)) throw leadsBack($ref);
  const target = inlined(document, pointed(document, $ref), [...through, $ref]);
  return { ...(structuredClone(target) as object), ...members };
}

/** References to what is no component (`#/paths/~1a/get/…`) are replaced by what they lead to. */
function inlineStrayReferences(document: Mutable): void {
  walk(document, (node) => {
    const through: string[] = [];
    while (isReference(node) && !node.$ref.startsWith('#/components/')) {
      const { $ref, ...members } = node;
      // One that leads to where it stands grows with each time.
      if (through.includes($ref) || through.length > 100) throw leadsBack($ref);
      through.push($ref);
      const target = pointed(document, $ref);
      if (JSON.stringify(target).includes(JSON.stringify($ref))) throw leadsBack($ref);
      delete (node as Record<string, unknown>).$ref;
      Object.assign(node, structuredClone(target), members);
    }
  });
}

const leadsBack = (ref: string) => new StepFailed(`The reference ${ref} leads back to itself; make it a component.`);

const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemaMaps = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'schemas'];
const schemaMembers = ['items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames', 'schema'];

/** Schemas that are `true` or `false`, written as objects: openapi-typescript stumbles over some of the others. */
function spellOutBooleans(document: Mutable): void {
  const spell = (holder: Record<string, unknown>, names: readonly string[]) => {
    for (const name of names) {
      if (holder[name] === true) holder[name] = {};
      if (holder[name] === false) holder[name] = { not: {} };
    }
  };
  walk(document, (node) => {
    spell(node, schemaMembers);
    for (const name of [...schemaLists, ...schemaMaps]) {
      const holder = node[name];
      if (typeof holder === 'object' && holder !== null) spell(holder as Record<string, unknown>, Object.keys(holder));
    }
  });
}

/** Ids that will do are kept; the others are made of what there is. */
function nameOperations(document: Mutable): string[] {
  const names = new Names([...reserved, ...reservedForOperations]);
  const all = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => ({ path, method, operation: item[method] as Writable })),
  );
  const unnamed = all.filter(({ operation: { operationId } }) => !operationId || !names.claim(operationId));
  const renamed = unnamed.map(({ path, method, operation }) => {
    const { operationId } = operation;
    operation.operationId = names.give(operationId || `${method} ${path}`);
    const place = `${method.toUpperCase()} ${path}`;
    return operationId
      ? `${place}: the operation ${JSON.stringify(operationId)} is called ${operation.operationId}.`
      : `${place}: the operation has no id, and is called ${operation.operationId}.`;
  });
  dropOtherIds(document, new Set(all.map(({ operation }) => operation)));
  return renamed;
}

type Writable = { -readonly [Name in keyof OperationObject]: OperationObject[Name] };

/** Callbacks, webhooks and OPTIONS are operations nobody serves here; their ids would get in the way of the others. */
function dropOtherIds(document: Mutable, served: ReadonlySet<object>): void {
  walk(document, (node) => {
    if ('responses' in node && !served.has(node)) delete node.operationId;
  });
}
