import { readFileSync } from 'node:fs';
import { DOCUMENT } from './contenders.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
type Member = Record<string, unknown>;

export interface Document extends Member {
  readonly paths: Record<string, Member>;
}

/** A document of `count` operations: this API's own over and over, under paths and ids of their own. The first are its own. */
export function documentOf(count: number): Document {
  const { 'x-workflows': _, ...document } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Document;
  const paths: Record<string, Member> = {};
  let made = 0;
  for (let copy = 0; made < count; copy += 1) {
    for (const [path, item] of Object.entries(document.paths)) {
      const kept: Member = {};
      for (const [key, value] of Object.entries(item)) {
        if (key === 'options') continue; // browsers' preflights, which have no handler
        if (!(METHODS as readonly string[]).includes(key)) kept[key] = value;
        else if (made < count) {
          made += 1;
          kept[key] = copy === 0 ? value : renamed(value as Member, copy);
        }
      }
      if (METHODS.some((method) => method in kept)) paths[copy === 0 ? path : `/copy${copy}${path}`] = kept;
    }
  }
  return { ...document, paths };
}

const renamed = (operation: Member, copy: number): Member => ({
  ...operation,
  operationId: `${operation.operationId}${copy}`,
});
