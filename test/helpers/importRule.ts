import type { Import } from './imports.ts';

/** Places are files, or folders with a slash at their end; what is imported may also be a package, or `@scope/`. */
export interface ImportRule {
  readonly rule: string;
  readonly in: readonly string[];
  readonly except?: readonly string[];
  /** Imports that are forbidden there. */
  readonly never?: readonly string[];
  /** All that is imported there. */
  readonly only?: readonly string[];
  /** Types may be imported all the same. */
  readonly atRunTime?: true;
  /** A file that breaks the rule. */
  readonly broken: readonly [file: string, text: string];
}

/** The imports of a file that break a rule, one line each. */
export function violations(rule: ImportRule, file: string, imports: readonly Import[]): string[] {
  if (!includes(rule.in, file) || includes(rule.except, file)) return [];
  return imports
    .filter(({ typeOnly }) => !(rule.atRunTime && typeOnly))
    .filter(
      ({ of }) => includes(rule.never, of) || (rule.only && !of.startsWith('process') && !includes(rule.only, of)),
    )
    .map(({ of, line }) => `${file}:${line} ${of}`);
}

function includes(places: readonly string[] = [], place: string): boolean {
  return places.some((each) => (each.endsWith('/') ? place.startsWith(each) : place === each));
}
