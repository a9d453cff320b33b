import { dirname, resolve } from 'node:path';
import { attempt, isObject, pointed } from '../../document/references.ts';
import { type Place, walk } from '../../document/walk.ts';
import type { Problem } from '../problems.ts';
import { isURL } from './fetchText.ts';

type Node = Record<string, unknown>;

/**
 * Takes away discriminators whose mapping leads to what is not there: programs that bring a document into one file
 * forget them. Without it, the branches are told apart by what they say. Changes the document.
 */
export async function dropDeadMappings(
  root: unknown,
  base: string,
  read: (source: string) => Promise<string>,
): Promise<Problem[]> {
  const mapped: { readonly node: Node; readonly targets: readonly string[]; readonly at: Place }[] = [];
  walk(root, (node, at) => {
    const targets = targetsOf(node.discriminator);
    if (targets.length > 0) mapped.push({ node, targets, at });
  });
  const missing = new Set<string>();
  for (const file of new Set(mapped.flatMap(({ targets }) => targets))) {
    if (file.startsWith('#')) {
      if (attempt(() => pointed(root as object, file)) === undefined) missing.add(file);
      continue;
    }
    const source = isURL(base) ? new URL(file, base).href : isURL(file) ? file : resolve(dirname(base), file);
    // Files on another machine are not fetched here; the check reports them.
    if (isURL(source) && !(isURL(base) && new URL(source).origin === new URL(base).origin)) continue;
    await read(source).catch(() => missing.add(file));
  }
  return mapped.flatMap(({ node, targets, at }) => {
    const target = targets.find((one) => missing.has(one));
    if (target === undefined) return [];
    delete node.discriminator;
    const message = `The mapping of a discriminator leads to ${target}, which is not there; its branches are told apart without it`;
    return [{ message, pointer: at() }];
  });
}

/** The places in the document, and the files, that a mapping names. Bare names of components were made references before. */
function targetsOf(discriminator: unknown): string[] {
  const mapping = isObject(discriminator) && isObject(discriminator.mapping) ? discriminator.mapping : {};
  return Object.values(mapping).flatMap((target) => {
    if (typeof target !== 'string') return [];
    const [file = ''] = target.split('#');
    return target.startsWith('#/') ? [target] : /[./]/.test(file) ? [file] : [];
  });
}
