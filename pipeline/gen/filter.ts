import { type Operation, operationsIn, operationsOf } from '../document/operations.ts';
import { isObject, segmentsOf } from '../document/references.ts';
import type { Document, PathItem } from '../document/types.ts';
import { StepFailed } from './problems.ts';
import { usedBy } from './uses.ts';

/** Which operations are made, each by its tag, its id, its path (`/pets/*`), or its method and path (`GET /pets`). */
export interface Filter {
  /** These alone; all where none is named. */
  readonly only: readonly string[];
  readonly exclude: readonly string[];
}

export interface Filtered {
  /** The operations that were left out. */
  readonly operations: readonly Operation[];
  /** How many components went with them, which they alone used. */
  readonly components: number;
}

/**
 * Takes the operations that are not wanted out of a document of which every reference leads to a component, with the
 * components and tags that they alone use. Changes the document.
 */
export function filter(document: Document, { only, exclude }: Filter): Filtered | undefined {
  if (only.length === 0 && exclude.length === 0) return undefined;
  const all = operationsOf(document);
  const wanted = only.length === 0 ? new Set(all) : named(all, only, 'only');
  const unwanted = named(all, exclude, 'exclude');
  const operations = all.filter((one) => !wanted.has(one) || unwanted.has(one));
  if (operations.length === all.length) throw new StepFailed('`only` and `exclude` leave no operation.');
  const theirs = usedBy(
    document,
    operations.map(({ object, path }) => [object, document.paths?.[path]]),
  );
  for (const { pointer } of operations) remove(document, pointer);
  dropTags(document, operations);
  return { operations, components: dropUnused(document, theirs) };
}

/** The operations that bear one of the names. A name that means nothing is a mistake. */
function named(all: readonly Operation[], names: readonly string[], key: string): Set<Operation> {
  return new Set(
    names.flatMap((name) => {
      const found = all.filter((operation) => bears(operation, name));
      if (found.length > 0) return found;
      throw new StepFailed(`\`${key}\`: ${JSON.stringify(name)} is no tag, id or path of an operation.`);
    }),
  );
}

function bears({ id, method, path, object }: Operation, name: string): boolean {
  if (name === id || object.tags?.includes(name)) return true;
  const [, of, pattern] = /^(?:([A-Za-z]+) )?(\/.*)$/s.exec(name) ?? [];
  if (pattern === undefined || (of !== undefined && of.toUpperCase() !== method.toUpperCase())) return false;
  const [first = '', ...others] = pattern.split('*').map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${[first, ...others].join('.*')}$`, 's').test(path);
}

type Mutable = Record<string, unknown>;

function remove(document: Document, pointer: string): void {
  const [, path = '', ...segments] = segmentsOf(pointer);
  const paths = document.paths as Record<string, Mutable>;
  const item = paths[path] as Mutable;
  const holder = (segments.length > 1 ? item.additionalOperations : item) as Mutable;
  delete holder[segments.at(-1) as string];
  if (operationsIn(item as PathItem).length === 0) delete paths[path];
}

/** Of the components that were used by what is gone, those that nothing uses any more. */
function dropUnused(document: Document, theirs: ReadonlySet<string>): number {
  const { components = {}, ...rest } = document as Document & { components?: Record<string, Mutable> };
  const others = Object.entries(components).flatMap(([section, members]) =>
    Object.entries(isObject(members) ? members : {})
      .filter(([name]) => !theirs.has(`${section} ${name}`))
      .map(([, member]) => member),
  );
  const ours = usedBy(document, [rest, others]);
  let dropped = 0;
  for (const [section, members] of Object.entries(components)) {
    for (const name of Object.keys(isObject(members) ? members : {})) {
      const key = `${section} ${name}`;
      if (!theirs.has(key) || ours.has(key)) continue;
      delete members[name];
      dropped += 1;
    }
    if (isObject(members) && Object.keys(members).length === 0) delete components[section];
  }
  return dropped;
}

function dropTags(document: Document, gone: readonly Operation[]): void {
  const theirs = new Set(gone.flatMap(({ object }) => object.tags ?? []));
  for (const { object } of operationsOf(document)) for (const tag of object.tags ?? []) theirs.delete(tag);
  const { tags } = document;
  // A tag may stand above others (OpenAPI 3.2).
  const isParent = (name: string) => tags?.some(({ name: other, parent }) => parent === name && !theirs.has(other));
  if (tags !== undefined)
    Object.assign(document, { tags: tags.filter(({ name }) => !theirs.has(name) || isParent(name)) });
}
