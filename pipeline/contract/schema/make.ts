import { patternOf } from '../../document/patterns.ts';
import { Random } from '../../document/random.ts';
import { sampleOf } from '../../document/samples.ts';
import { isObject, withAt } from '../document/json.ts';
import { discriminated, marked, namesNone, tellsApart } from './discriminated.ts';
import { fit } from './fit.ts';
import { ORDINARY } from './formats.ts';
import { isHidden } from './marks.ts';
import { sameJson } from './sameJson.ts';
import { type Choose, first, type Resolve, type Schema, type View, viewOf } from './schema.ts';
import { sizedFormat } from './sized.ts';
import { type Direction, type Fault, type Validate, validator } from './validate.ts';
import { withoutHidden } from './withoutHidden.ts';

export interface MakeOptions {
  /** @default 'request' */
  readonly direction?: Direction;
  /** Which optional members are there. @default 'all' */
  readonly optional?: 'all' | 'some' | 'none';
  /** Without it the value is the ordinary one, and always the same. */
  readonly random?: Random;
  /** Values seen in examples, by the names of their members. */
  readonly known?: ReadonlyMap<string, readonly unknown[]>;
  /** Whether texts are visible ASCII, as headers and cookies need. */
  readonly ascii?: boolean;
  /** The name of the member that holds the value. */
  readonly name?: string;
}

export type Built = { readonly value: unknown } | { readonly reason: string };

const ATTEMPTS = 12;
const REPAIRS = 8;
const MAX_NODES = 3000;
/** How much is made in all, before the search for a value is given up. */
const MAX_MADE = 4 * MAX_NODES;
const MAX_ITEMS = 20_000;
const MAX_TEXT = 100_000;
const MAX_SAMPLE = 5000;
const MAX_DEPTH = 10;

/**
 * Builds a value that fits the schema. It makes one and repairs the places that do not fit, a bounded number of
 * times, so that it always ends: with a value, or with the reason why there is none.
 */
export function build(resolve: Resolve, schema: Schema, options: MakeOptions = {}): Built {
  const faultsOf = validator(resolve, options.direction ?? 'request');
  let last: Fault | undefined;
  let made = 0;
  const unmatched = new Set<string>();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = options.random ?? (attempt === 0 ? undefined : new Random(attempt, 'repair'));
    // A big document may have members that no value fits: later attempts leave out what may be left out.
    const optional = attempt > ATTEMPTS / 2 ? 'none' : options.optional;
    const chosen = { ...options, ...(random && { random }), ...(optional && { optional }) };
    const maker = new Maker(resolve, faultsOf, chosen, attempt, unmatched);
    let value = maker.make(schema, options.name);
    for (let repair = 0; repair <= REPAIRS; repair++) {
      const faults = faultsOf(schema, value);
      if (faults.length === 0) return { value };
      last = faults[0];
      const repaired = maker.repair(value, faults);
      if (sameJson(repaired, value) || maker.nodes > 2 * MAX_NODES) break;
      value = repaired;
    }
    made += maker.nodes;
    if (made > MAX_MADE) break;
  }
  const place = last === undefined || last.place === '' ? 'the value' : last.place;
  return { reason: `no value that fits its schema was found: ${place} ${last?.message ?? 'is not possible'}` };
}

/** How many items of a long list are drawn; the others repeat them, or count on. */
const MAX_DRAWN = 50;

/** Text of letters beyond ASCII, without what servers may normalise. */
const EXOTIC = [...'abcxyzABC0189 _-éßñøłЖжΩאبक漢字한😀🚀\'"<>&%\\/#;'];
const ASCII = [...'abcdefghijklmnopqrstuvwxyz0123456789-_'];

class Maker {
  readonly #resolve: Resolve;
  readonly #faultsOf: Validate;
  readonly #options: MakeOptions;
  readonly #attempt: number;
  readonly #above: Schema[] = [];
  readonly #unmatched: Set<string>;
  #nodes = 0;

  constructor(
    resolve: Resolve,
    faultsOf: Validate,
    options: MakeOptions,
    attempt: number,
    unmatched = new Set<string>(),
  ) {
    this.#resolve = resolve;
    this.#faultsOf = faultsOf;
    this.#unmatched = unmatched;
    this.#options = options;
    this.#attempt = attempt;
  }

  make(schema: unknown, name?: string): unknown {
    if (!isObject(schema)) return name === undefined ? {} : 'text';
    this.#nodes += 1;
    const found = this.#resolve(schema as Schema);
    const again = this.#above.filter((one) => one === found).length;
    // A schema that holds itself is followed once; a required circle has no end, and no value.
    if (again > 2 || this.#above.length > 4 * MAX_DEPTH) return null;
    this.#above.push(found);
    try {
      return this.#ofChoice(schema as Schema, found, name, again > 0);
    } finally {
      this.#above.pop();
    }
  }

  #ofChoice(schema: Schema, found: Schema, name: string | undefined, again: boolean): unknown {
    const branches = found.oneOf ?? found.anyOf;
    if (found.discriminator === undefined || !Array.isArray(branches) || branches.length === 0)
      return this.#ofView(viewOf(this.#resolve, schema, this.#choose), name, again);
    const branch = this.#choose(branches, found);
    const choose: Choose = (all, of) => (of === found ? branch : this.#choose(all, of));
    const value = this.#ofView(viewOf(this.#resolve, schema, choose), name, again);
    return namesNone(found, branches, value) && discriminated(this.#resolve, found, branches, value) === undefined
      ? marked(this.#resolve, found, branch, value)
      : value;
  }

  #another(random: Random): Maker {
    return new Maker(this.#resolve, this.#faultsOf, { ...this.#options, random }, 1);
  }

  repair(value: unknown, faults: readonly Fault[]): unknown {
    // Deeper places first, so that a repaired whole is not undone by its parts.
    const sorted = faults.toSorted((a, b) => b.path.length - a.path.length);
    return sorted.slice(0, 10).reduce((repaired, fault) => this.#mend(repaired, fault), value);
  }

  readonly #choose: Choose = (branches, schema) => {
    const { random } = this.#options;
    const possible = branches.filter((branch) => !isObject(branch) || branch.type !== 'null');
    if (possible.length === 0) return first(branches, schema);
    if (random === undefined && this.#attempt === 0) return possible[0] ?? {};
    return (random ?? new Random(this.#attempt)).pick(possible) ?? {};
  };

  /** How much has been made. */
  get nodes(): number {
    return this.#nodes;
  }

  get #deep(): boolean {
    return this.#above.length > MAX_DEPTH || this.#nodes > MAX_NODES;
  }

  #ofView(view: View, name: string | undefined, again: boolean): unknown {
    if ('const' in view) return view.const;
    const { random } = this.#options;
    if (Array.isArray(view.enum) && view.enum.length > 0) {
      const values = view.enum.filter((value) => value !== null);
      return random === undefined ? (values[0] ?? null) : (random.pick(values.length > 0 ? values : view.enum) ?? null);
    }
    const given = this.#given(view, name);
    if (given !== undefined) return structuredClone(given);
    const types = view.types.filter((type) => type !== 'null');
    const type = random === undefined ? types[0] : random.pick(types);
    switch (type) {
      case 'object':
        return this.#object(view, again);
      case 'array':
        return this.#array(view, again);
      case 'string':
      case 'file':
        return this.#string(view, name);
      case 'integer':
      case 'number':
        return this.#number(view, type);
      case 'boolean':
        return random?.chance(0.5) ?? true;
      default:
        if (view.types.includes('null')) return null;
        return name === undefined ? {} : 'text';
    }
  }

  /** Examples and defaults of the document, and values seen under the same name. */
  #given(view: View, name: string | undefined): unknown {
    const { random, direction = 'request' } = this.#options;
    const known = (name === undefined ? undefined : this.#options.known?.get(name)) ?? [];
    if (random !== undefined) return known.length > 0 && random.chance(0.5) ? random.pick(known) : undefined;
    if (this.#attempt > 0) return undefined;
    const { example, examples, default: standard } = view;
    const candidates = [example, ...(Array.isArray(examples) ? examples : []), standard, ...known.slice(0, 1)];
    const found = candidates.find(
      (value) =>
        value !== undefined &&
        value !== null &&
        JSON.stringify(value).length < 20_000 &&
        this.#faultsOf(withoutBranches(view), value).length === 0,
    );
    return withoutHidden(this.#resolve, withoutBranches(view), found, direction);
  }

  #object(view: View, again: boolean): Record<string, unknown> {
    const { random, optional = 'all', direction = 'request' } = this.#options;
    const value: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(view.properties)) {
      if ((member as unknown) === false) continue;
      if (isHidden(this.#resolve, member, direction)) continue;
      const needed = view.required.includes(name) || tellsApart(view, name);
      if (!needed && (optional === 'none' || again || this.#deep)) continue;
      if (!needed && optional === 'some' && random?.chance(0.5)) continue;
      define(value, name, this.make(member, name));
    }
    for (const name of view.required) {
      if (!Object.hasOwn(view.properties, name)) define(value, name, this.make(this.#unnamed(view), name));
    }
    if (isObject(view.additionalProperties) && optional !== 'none' && !this.#deep && !again) {
      const name = this.#memberName(view);
      if (!Object.hasOwn(value, name)) define(value, name, this.make(view.additionalProperties, name));
    }
    return value;
  }

  /** The schema of members that are not declared by name. */
  #unnamed(view: View): Schema {
    const [pattern] = Object.values(view.patternProperties ?? {});
    return pattern ?? (isObject(view.additionalProperties) ? (view.additionalProperties as Schema) : {});
  }

  #memberName(view: View): string {
    const pattern = view.propertyNames?.pattern ?? Object.keys(view.patternProperties ?? {})[0];
    const names = view.propertyNames === undefined ? [] : (viewOf(this.#resolve, view.propertyNames).enum ?? []);
    if (typeof names[0] === 'string') return String(this.#options.random?.pick(names) ?? names[0]);
    return (pattern === undefined ? undefined : sampleOf(pattern, 3, this.#options.random)) || `key${this.#nodes}`;
  }

  #array(view: View, again: boolean): unknown[] {
    const { random, optional = 'all' } = this.#options;
    const { items, prefixItems = [], minItems = 0, maxItems } = view;
    const least = Math.max(minItems, 0);
    const wanted = again || this.#deep || optional === 'none' ? least : Math.max(least, 1);
    const most = Math.max(least, Math.min(maxItems ?? least + 3, least + 3));
    const length = Math.min(
      random === undefined || this.#deep
        ? Math.min(wanted, maxItems ?? wanted)
        : least + random.below(most - least + 1),
      MAX_ITEMS,
    );
    const value: unknown[] = [];
    for (
      let index = 0;
      index < Math.max(length, Math.min(prefixItems.length, maxItems ?? prefixItems.length));
      index++
    ) {
      const part = prefixItems[index] ?? items ?? {};
      if (index >= Math.max(MAX_DRAWN, prefixItems.length)) {
        value.push(view.uniqueItems === true ? numbered(value[MAX_DRAWN - 1], index) : value[index % MAX_DRAWN]);
        continue;
      }
      let item = this.make(part, 'item');
      for (
        let tries = 0;
        view.uniqueItems === true && tries < 20 && value.some((one) => sameJson(one, item));
        tries++
      ) {
        item = this.#another(new Random(tries + index * 31, 'unique')).make(part, 'item');
      }
      if (view.uniqueItems === true && index >= least && value.some((one) => sameJson(one, item))) break;
      value.push(item);
    }
    return value;
  }

  #number(view: View, type: string): number {
    const { random } = this.#options;
    const step = view.multipleOf ?? (type === 'integer' ? 1 : undefined);
    const whole = type === 'integer' ? 1 : 0;
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = view;
    const gap = step ?? 0.5;
    let low = minimum;
    if (exclusiveMinimum === true && minimum !== undefined) low = minimum + gap;
    if (typeof exclusiveMinimum === 'number') low = Math.max(low ?? exclusiveMinimum + gap, exclusiveMinimum + gap);
    let high = maximum;
    if (exclusiveMaximum === true && maximum !== undefined) high = maximum - gap;
    if (typeof exclusiveMaximum === 'number') high = Math.min(high ?? exclusiveMaximum - gap, exclusiveMaximum - gap);
    const least = low ?? (high === undefined ? -1000 : Math.min(high, high - 1000));
    const most = high ?? Math.max(1000, least + 1000);
    if (least > most) {
      // The bounds are nearer to each other than a step.
      const between = ((minimum ?? Number(exclusiveMinimum)) + (maximum ?? Number(exclusiveMaximum))) / 2;
      return Number.isFinite(between) ? between : least;
    }
    const snapped = (value: number) => {
      if (step === undefined) return Number(value.toPrecision(15));
      const up = Math.ceil(value / step - 1e-9) * step;
      const found = up <= most ? up : Math.floor(most / step + 1e-9) * step;
      return Number(found.toPrecision(15));
    };
    if (random === undefined) return snapped(least <= 1 && 1 <= most ? 1 : low !== undefined ? least : most);
    const kind = random.below(4);
    if (kind === 0) return snapped(least);
    if (kind === 1) return snapped(most);
    const drawn = least + random.next() * (most - least);
    return snapped(whole ? Math.round(drawn) : Math.round(drawn * 100) / 100);
  }

  #string(view: View, name: string | undefined): string {
    const { random, ascii = false } = this.#options;
    const { format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = view;
    // A text of a megabyte would say nothing of a server.
    if (minLength > MAX_TEXT || minLength > maxLength) return '';
    const sized = (value: string) => fit(value, minLength, maxLength);
    const narrow = format === undefined ? undefined : this.#narrow(view, format);
    if (narrow !== undefined) return narrow;
    if (pattern !== undefined) {
      const found = this.#matching(pattern, minLength, maxLength);
      if (found !== undefined) return found;
    }
    if (format !== undefined && Object.hasOwn(ORDINARY, format)) {
      if (format === 'binary' || format === 'password' || format === 'byte') return sized(ORDINARY[format] ?? '');
      return random === undefined ? (ORDINARY[format] ?? '') : randomFormat(format, random);
    }
    if (random === undefined) return sized(ordinaryText(name));
    const letters = ascii ? ASCII : EXOTIC;
    const least = Math.max(minLength, Math.min(1, maxLength));
    const most = Math.min(maxLength, least + (random.chance(0.1) ? 200 : 16));
    const length = random.chance(0.1) ? minLength : least + random.below(most - least + 1);
    const chars = Array.from({ length: Math.min(length, 100_000) }, () => random.pick(letters) ?? 'x');
    // Servers may trim; this suite does not say that they must not.
    if (chars[0] === ' ') chars[0] = 'a';
    if (chars.at(-1) === ' ') chars[chars.length - 1] = 'a';
    return chars.join('');
  }

  /** A value of a format that has bounds of its length or a pattern, too. */
  #narrow(view: View, format: string): string | undefined {
    const { random } = this.#options;
    const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = view;
    const key = `${format} ${pattern} ${minLength} ${maxLength}`;
    if (!Object.hasOwn(ORDINARY, format) || !isNarrow(view) || this.#unmatched.has(key)) return undefined;
    const expression = pattern === undefined ? undefined : patternOf(pattern);
    const fits = (value: string) =>
      [...value].length >= minLength && [...value].length <= maxLength && (expression?.test(value) ?? true);
    const ordinary = random === undefined ? ORDINARY[format] : undefined;
    if (ordinary !== undefined && fits(ordinary)) return ordinary;
    const found = sizedFormat(format, fits, minLength, (drawn) => randomFormat(format, random ?? drawn));
    if (found === undefined) this.#unmatched.add(key);
    return found;
  }

  #matching(pattern: string, minLength: number, maxLength: number): string | undefined {
    const { random } = this.#options;
    const key = `${pattern} ${minLength} ${maxLength}`;
    // Longer than any sample.
    const isLong = /\{(\d{4,})/.exec(pattern)?.[1];
    if (this.#unmatched.has(key) || Number(isLong ?? 0) > MAX_SAMPLE) return undefined;
    const compiled = patternOf(pattern);
    // Drawn letters rather than the last one again and again, where texts are to differ.
    const first = random === undefined ? [1, 3] : [minLength || 1, 3, 1];
    for (const many of [...first, minLength, Math.ceil(minLength / 2), 8, 16, 0, minLength + 1]) {
      for (let tries = 0; tries < 4; tries++) {
        const source = tries === 0 && random === undefined ? undefined : (random ?? new Random(tries, pattern));
        let value = sampleOf(compiled?.source ?? pattern, Math.min(many, 4000), source);
        if (value === undefined) return undefined;
        // An expression that is not anchored matches within a longer text.
        if (value.length < minLength && minLength < 100_000) value = value.padEnd(minLength, value.at(-1) ?? 'x');
        const length = [...value].length;
        if (length >= minLength && length <= maxLength && (compiled?.test(value) ?? true)) return value;
      }
    }
    if (random === undefined || this.#attempt > 0) this.#unmatched.add(key);
    return undefined;
  }

  /** The object with as many members as it has to have, the declared ones first. */
  #filled(here: Record<string, unknown>, view: View): Record<string, unknown> {
    const filled = { ...here };
    const least = Math.min(view.minProperties ?? 0, MAX_NODES);
    for (const [member, part] of Object.entries(view.properties)) {
      if (Object.keys(filled).length >= least) return filled;
      if (Object.hasOwn(filled, member) || !isObject(part) || isHidden(this.#resolve, part, 'request')) continue;
      define(filled, member, this.make(part, member));
    }
    if (view.closed && view.patternProperties === undefined) return filled;
    for (const member of this.#names(view, least)) {
      if (Object.keys(filled).length >= least) break;
      if (!Object.hasOwn(filled, member)) define(filled, member, this.make(this.#unnamed(view), member));
    }
    return filled;
  }

  /** Different names that members may have. */
  #names(view: View, count: number): string[] {
    const { propertyNames } = view;
    const listed = propertyNames === undefined ? undefined : viewOf(this.#resolve, propertyNames).enum;
    if (Array.isArray(listed)) return listed.map(String);
    const pattern = propertyNames?.pattern ?? Object.keys(view.patternProperties ?? {})[0];
    if (pattern === undefined) return Array.from({ length: 2 * count }, (_, index) => `key${index}`);
    const random = new Random(this.#attempt, pattern);
    const drawn = Array.from({ length: 10 * count }, () => sampleOf(pattern, 3, random) ?? '');
    return [...new Set(drawn.filter((name) => patternOf(pattern)?.test(name) !== false))];
  }

  #mend(value: unknown, { keyword, path, schema }: Fault): unknown {
    const here = path.reduce<unknown>(
      (inner, step) =>
        isObject(inner) || Array.isArray(inner) ? (inner as Record<string | number, unknown>)[step] : undefined,
      value,
    );
    const name = path.findLast((step) => typeof step === 'string');
    const put = (replacement: unknown) => withAt(value, path, replacement);
    switch (keyword) {
      case 'required': {
        const member = String(path.at(-1));
        const declared = schema.properties?.[member] ?? schema.additionalProperties;
        return put(this.make(isObject(declared) ? declared : {}, member) ?? 'text');
      }
      case 'additionalProperties':
      case 'unevaluatedProperties':
      case 'propertyNames': {
        if (!isObject(here)) return value;
        const allowed = Object.entries(here).filter(
          ([member]) =>
            Object.hasOwn(schema.properties ?? {}, member) ||
            Object.keys(schema.patternProperties ?? {}).some((pattern) => patternOf(pattern)?.test(member)),
        );
        return allowed.length === Object.keys(here).length ? value : put(Object.fromEntries(allowed));
      }
      case 'minProperties': {
        if (!isObject(here)) return value;
        return put(this.#filled(here, viewOf(this.#resolve, schema, this.#choose)));
      }
      case 'maxProperties': {
        if (!isObject(here)) return value;
        const needed = schema.required ?? [];
        const sorted = Object.entries(here).toSorted(
          ([a], [b]) => Number(needed.includes(b)) - Number(needed.includes(a)),
        );
        return put(Object.fromEntries(sorted.slice(0, schema.maxProperties ?? 0)));
      }
      case 'contains':
      case 'minItems':
        return Array.isArray(here)
          ? put([...here, this.make(keyword === 'contains' ? (schema.contains ?? {}) : (schema.items ?? {}), 'item')])
          : value;
      case 'maxItems':
        return Array.isArray(here) ? put(here.slice(0, schema.maxItems)) : value;
      case 'uniqueItems':
        return Array.isArray(here)
          ? put(here.filter((one, index) => here.findIndex((other) => sameJson(other, one)) === index))
          : value;
      case 'false':
        return path.length === 0 ? value : put(undefined);
      default: {
        const made = this.#another(new Random(this.#attempt * 97 + this.#nodes, keyword));
        const mended = made.make(schema, name === undefined ? undefined : String(name));
        this.#nodes += 1 + made.nodes;
        return put(mended);
      }
    }
  }
}

/** Whether a value of the format has to be looked for. */
const isNarrow = ({ minLength, maxLength, pattern }: View): boolean =>
  minLength !== undefined || maxLength !== undefined || pattern !== undefined;

/** Another item like one that there is; only numbers and texts are told apart. */
function numbered(item: unknown, index: number): unknown {
  if (typeof item === 'number') return MAX_ITEMS + index;
  return typeof item === 'string' ? `${item}${index}` : item;
}

/** A view holds the parts of its alternatives already. */
function withoutBranches(view: View): Schema {
  const { types, open: _open, closed: _closed, allOf: _all, oneOf: _one, anyOf: _any, $ref: _ref, ...rest } = view;
  return { ...rest, ...(types.length > 0 && { type: types }) } as Schema;
}

function define(object: Record<string, unknown>, name: string, value: unknown): void {
  // A member called __proto__ is a member like any other.
  if (value !== undefined)
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

function ordinaryText(name = ''): string {
  if (/e-?mail/i.test(name)) return 'user@example.com';
  if (/(url|uri|link|href|website)$/i.test(name)) return 'https://example.com/a';
  if (/phone/i.test(name)) return '+12025550123';
  if (/^country(_?code)?$/i.test(name)) return 'US';
  if (/^currency(_?code)?$/i.test(name)) return 'USD';
  if (/^(locale|language)(_?code)?$/i.test(name)) return 'en';
  if (/time_?zone/i.test(name)) return 'UTC';
  return 'text';
}

function randomFormat(format: string, random: Random): string {
  const day = () => {
    const date = new Date(Math.floor(random.next() * 4e12));
    return random.chance(0.2) ? new Date('2024-02-29T23:59:59Z') : date;
  };
  const hex = (length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('');
  switch (format) {
    case 'date-time':
      return day().toISOString();
    case 'date':
      return day().toISOString().slice(0, 10);
    case 'time':
      return `${day().toISOString().slice(11, 19)}Z`;
    case 'uuid':
      return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
    case 'email':
    case 'idn-email':
      return `user.${hex(6)}@example.${random.pick(['com', 'org', 'net'])}`;
    case 'ipv4':
      return [192, 0, 2, random.below(255)].join('.');
    case 'ipv6':
      return `2001:db8::${hex(4)}`;
    case 'uri':
    case 'url':
    case 'iri':
      return `https://example.com/${hex(6)}${random.chance(0.5) ? `?a=${hex(2)}` : ''}`;
    case 'hostname':
    case 'idn-hostname':
      return `h${hex(5)}.example.com`;
    default:
      return ORDINARY[format] ?? 'text';
  }
}
