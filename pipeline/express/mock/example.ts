import { isObject, resolve } from '../../document/references.ts';
import type { Document } from '../../document/types.ts';
import type { Violation } from '../errors.ts';
import type { Checks } from '../validate/checks.ts';
import type { View } from '../validate/prepare.ts';
import { Maker, type Wish } from './maker.ts';

const MAX_ROUNDS = 6;

const WISHES: readonly Wish[] = [
  { examples: true, optional: true },
  { examples: false, optional: true },
  { examples: false, optional: false },
];

export interface Example {
  readonly value: unknown;
  /** How the value breaks its schema, where none was found that doesn't. */
  readonly violations: readonly Violation[];
}

/**
 * Makes values that a document's schemas describe, the same each time: of their keywords, and of the examples and
 * defaults within them. A value that breaks its schema is made again with another example, choice or text at the places
 * that are wrong, since many documents have examples that have grown old.
 */
export class Examples {
  readonly #document: Document;
  readonly #checks: Checks;
  readonly #view: View;

  constructor(document: Document, checks: Checks, view: View) {
    this.#document = document;
    this.#checks = checks;
    this.#view = view;
  }

  /** The first of the given values that fits the schema, else one that is made. */
  of(schema: unknown, given: readonly unknown[] = []): Example {
    const own = given.find((value) => this.#checks.fits(this.#view, schema, value));
    if (own !== undefined) return { value: own, violations: [] };
    let last: Example | undefined;
    for (const wish of WISHES) {
      const made = this.#made(schema, wish);
      if (made.violations.length === 0) return made;
      last ??= made;
    }
    return last as Example;
  }

  /** Places that turn out to be wrong are made with care in the next round, and those around them in the rounds after. */
  #made(schema: unknown, wish: Wish): Example {
    const [suspects, around] = [new Set<string>(), new Set<string>()];
    const fits = (of: unknown, value: unknown) => this.#checks.fits(this.#view, of, value);
    for (let round = 1; ; round++) {
      const value = new Maker(this.#document, this.#view, wish, { suspects, around, fits }).value(schema, '', []);
      const violations = this.#violations(schema, value);
      if (violations.length === 0 || round === MAX_ROUNDS) return { value, violations };
      const isStuck = violations.every(({ path }) => suspects.has(path));
      if (isStuck && suspects.size === around.size) return { value, violations };
      for (const path of isStuck ? [...around] : violations.map(({ path }) => path)) {
        suspects.add(path);
        for (const prefix of prefixesOf(path)) around.add(prefix);
        suspects.add(parentOf(path));
      }
    }
  }

  #violations(schema: unknown, value: unknown): readonly Violation[] {
    return this.#checks.value(this.#view, schema, value);
  }
}

const parentOf = (pointer: string): string => pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));

/** The places that a JSON pointer goes through, the whole first. */
const prefixesOf = (pointer: string): string[] =>
  pointer.split('/').map((_, index, segments) => segments.slice(0, index + 1).join('/'));

/** The examples that a media type, parameter or header gives itself: that of the name first, if it has one. */
export function ownExamples(document: Document, holder: Readonly<Record<string, unknown>>, name?: string): unknown[] {
  const { example, examples } = holder;
  const found: unknown[] = [];
  if (isObject(examples)) {
    const names = Object.keys(examples);
    const sorted =
      name === undefined ? names : [...names.filter((one) => one === name), ...names.filter((one) => one !== name)];
    for (const one of sorted) {
      const node = resolve<Record<string, unknown>>(document, examples[one] as never);
      const key = isObject(node) ? ['value', 'dataValue'].find((member) => member in node) : undefined;
      if (key !== undefined) found.push(node[key]);
    }
  }
  return example === undefined ? found : [...found, example];
}
