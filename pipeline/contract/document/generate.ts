import fc from 'fast-check';
import type { Document } from './document.ts';
import { type Schema, type View, viewOf } from './schema.ts';

export interface GenerateOptions {
  /** Whether optional members are there: some of them (unless told), or all. */
  readonly optional?: 'some' | 'all';
  /** Values seen in examples, by the name of their member: what is likely to mean something. */
  readonly known?: ReadonlyMap<string, readonly unknown[]>;
}

const MAX_DEPTH = 8;

/** The bridge from JSON Schema to fast-check: values that the schema allows. What it can't build, the caller filters. */
export function arbitrary(document: Document, schema: Schema, options: GenerateOptions = {}): fc.Arbitrary<unknown> {
  const above: Schema[] = [];
  /** A schema that holds itself is followed once; below that there is only what it requires. */
  const build = (part: Schema, depth: number, name?: string): fc.Arbitrary<unknown> => {
    const raw = document.resolve(part);
    const again = above.filter((one) => one === raw).length > 1;
    above.push(raw);
    const built = buildOnce(part, raw, again ? Math.max(depth, MAX_DEPTH) : depth, name);
    above.pop();
    return built;
  };

  const buildOnce = (part: Schema, raw: Schema, depth: number, name?: string): fc.Arbitrary<unknown> => {
    const branches = raw.oneOf ?? raw.anyOf;
    if (branches !== undefined && branches.length > 0 && depth < MAX_DEPTH) {
      return fc.oneof(
        ...branches.map((branch) =>
          ofView(
            viewOf(document.resolve, part, () => branch),
            depth,
            name,
          ),
        ),
      );
    }
    return ofView(viewOf(document.resolve, part), depth, name);
  };

  const ofView = (view: View, depth: number, name?: string): fc.Arbitrary<unknown> => {
    if (view.const !== undefined) return fc.constant(view.const);
    if (view.enum !== undefined) return fc.constantFrom(...view.enum);
    if (view.types.length === 0) return fc.jsonValue({ maxDepth: 1 });
    const all = view.types.map((type) => ofType(type, view, depth));
    const known = (name === undefined ? undefined : options.known?.get(name)) ?? [];
    return known.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, ...all) : fc.oneof(...all);
  };

  const ofType = (type: string, view: View, depth: number): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'object':
        return ofObject(view, depth);
      case 'array':
        return ofArray(view, depth);
      case 'string':
        return ofString(view);
      case 'integer':
        return fc.integer(bounds(view, 1)).map((value) => value * (view.multipleOf ?? 1));
      case 'number':
        return fc.oneof(
          fc.integer(bounds(view, 1)),
          fc.integer(bounds(view, 100)).map((value) => value / 100),
        );
      case 'boolean':
        return fc.boolean();
      default:
        return fc.constant(null);
    }
  };

  const ofObject = (view: View, depth: number): fc.Arbitrary<unknown> => {
    const members = Object.entries(view.properties).filter(
      ([name, member]) =>
        document.resolve(member).readOnly !== true && (depth < MAX_DEPTH || view.required.includes(name)),
    );
    const made = Object.fromEntries(members.map(([name, member]) => [name, build(member, depth + 1, name)]));
    const required = view.required.filter((name) => name in made);
    const object = fc.record(made, options.optional === 'all' ? {} : { requiredKeys: required });
    if (!view.open || options.optional === 'all') return object.map((value) => ({ ...value }));
    // An open object may hold anything else; what is declared wins.
    return fc
      .tuple(fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }), object)
      .map(([more, declared]) => {
        const others = Object.entries(more).filter(([name]) => !(name in view.properties));
        return { ...Object.fromEntries(others), ...declared };
      });
  };

  const ofArray = ({ items = {}, minItems = 0, maxItems, uniqueItems }: View, depth: number): fc.Arbitrary<unknown> => {
    const minLength = options.optional === 'all' ? Math.max(1, minItems) : minItems;
    const maxLength = depth >= MAX_DEPTH ? minLength : Math.min(maxItems ?? minLength + 3, minLength + 3);
    const constraints = { minLength, maxLength: Math.max(minLength, maxLength) };
    return uniqueItems === true
      ? fc.uniqueArray(build(items, depth + 1), {
          ...constraints,
          comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
        })
      : fc.array(build(items, depth + 1), constraints);
  };

  return build(schema, 0);
}

function bounds(view: View, scale: number): { min: number; max: number } {
  const step = view.types.includes('integer') ? (view.multipleOf ?? 1) : 1;
  const low = view.minimum ?? (view.exclusiveMinimum === undefined ? undefined : view.exclusiveMinimum + 1);
  const high = view.maximum ?? (view.exclusiveMaximum === undefined ? undefined : view.exclusiveMaximum - 1);
  const min = Math.ceil((Math.max(low ?? -1000, -2_000_000_000 / scale) * scale) / step);
  const max = Math.floor((Math.min(high ?? Math.max(1000, (low ?? 0) + 1000), 2_000_000_000 / scale) * scale) / step);
  return { min: Math.min(min, max), max: Math.max(min, max) };
}

const instant = () => fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true });

/** Well-formed Unicode; of the formats those that are common. */
function ofString({ format, pattern, minLength = 0, maxLength }: View): fc.Arbitrary<string> {
  switch (format) {
    case 'date-time':
      return instant().map((date) => date.toISOString());
    case 'date':
      return instant().map((date) => date.toISOString().slice(0, 10));
    case 'uuid':
      return fc.uuid();
    case 'uri':
    case 'url':
      return fc.webUrl();
    case 'email':
      return fc.emailAddress();
    case 'ipv4':
      return fc.ipV4();
    case 'ipv6':
      return fc.ipV6();
  }
  if (pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(pattern, 'u'));
    } catch {
      // an expression that fast-check does not know; the caller filters
    }
  }
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength ?? minLength + 20, minLength + 200) });
}
