import { targetOf } from '../document/discriminators.ts';
import { isObject, isReference, segmentsOf } from '../document/references.ts';
import type { Document } from '../document/types.ts';
import { walk } from '../document/walk.ts';

/**
 * The components that parts of a document reach, such as `schemas Pet`: by references, by the names of security schemes,
 * and from a schema with a discriminator to those that it tells apart.
 */
export function usedBy(document: Document, parts: readonly unknown[]): Set<string> {
  const found = new Set<string>();
  const waiting: unknown[] = [...parts];
  const children = childrenOf(document);
  const use = (section: string, name: string): void => {
    const key = `${section} ${name}`;
    if (found.has(key)) return;
    found.add(key);
    const members = (document.components as Record<string, unknown> | undefined)?.[section];
    if (isObject(members) && Object.hasOwn(members, name)) waiting.push(members[name]);
    if (section === 'schemas') for (const child of children.get(name) ?? []) use('schemas', child);
  };
  const follow = (ref: string): void => {
    const [root, section, name] = segmentsOf(ref);
    if (root === 'components' && section !== undefined && name !== undefined) use(section, name);
  };
  while (waiting.length > 0) {
    walk(waiting.pop(), (node) => {
      if (typeof node.$ref === 'string') follow(node.$ref);
      for (const target of mappedIn(node)) follow(targetOf(document, target));
      for (const requirement of Array.isArray(node.security) ? node.security : [])
        for (const name of Object.keys(Object(requirement))) use('securitySchemes', name);
    });
  }
  return found;
}

function mappedIn({ discriminator }: Record<string, unknown>): string[] {
  if (!isObject(discriminator)) return [];
  const { mapping, defaultMapping } = discriminator;
  const targets = [...Object.values(isObject(mapping) ? mapping : {}), defaultMapping];
  return targets.filter((target): target is string => typeof target === 'string');
}

/** By a schema with a discriminator, the schemas that are made of it: nothing there refers to them. */
function childrenOf(document: Document): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const schemas = document.components?.schemas ?? {};
  for (const [child, { allOf }] of Object.entries(schemas)) {
    for (const part of Array.isArray(allOf) ? allOf : []) {
      const [, , base = ''] = isReference(part) ? segmentsOf(part.$ref) : [];
      if (schemas[base]?.discriminator !== undefined) found.set(base, [...(found.get(base) ?? []), child]);
    }
  }
  return found;
}
