import { distinctBranches } from '../../document/branches.ts';
import { Circles, type Holder } from '../../document/circles.ts';
import { type Choice, choiceOf } from '../../document/discriminators.ts';
import { identifierOf, Names, reserved } from '../../document/identifiers.ts';
import type { Operation } from '../../document/operations.ts';
import { patternOf } from '../../document/patterns.ts';
import { componentName, isObject, resolve } from '../../document/references.ts';
import { partsOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { codeOf, literal } from '../text.ts';

type Node = Readonly<Record<string, unknown>>;

/**
 * A module with a function for each operation that says what is wrong with the body of an answer. It is code without a
 * dependency: each schema component is a function, and checks call each other.
 */
export function validatorModule(document: Document, operations: readonly Operation[], banner: string): string {
  const writer = new Writer(document);
  const entries = operations.flatMap(({ id, responses }) => {
    const cases = responses.flatMap(({ status, contents }) =>
      contents
        .filter(({ kind, schema }) => kind === 'json' && schema !== undefined)
        .slice(0, 1)
        .map(({ schema }) => `${literal(status)}: ${writer.check(schema)}`),
    );
    return cases.length === 0 ? [] : [`  ${literal(id)}: { ${cases.join(', ')} },\n`];
  });
  const code = writer.functions() + entries.join('');
  const used = helpers.filter(([name]) => code.includes(`${name}(`)).map(([, text]) => `${text}\n`);
  return `${banner}
type Check = (value: unknown, at: string, faults: string[]) => void;
${used.join('')}
${writer.functions()}
const answers: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
${entries.join('')}};

/** The faults of an answer's body, each with its place; none for an answer that the document does not describe. */
export function validate(operation: string, status: number, body: unknown): string[] {
  const faults: string[] = [];
  const cases = answers[operation];
  const check = cases?.[status] ?? cases?.[\`\${Math.floor(status / 100)}XX\`] ?? cases?.['default'];
  check?.(body, '', faults);
  return faults;
}
`;
}

/** Functions that checks use. A module has those that its checks need. */
const helpers: readonly (readonly [name: string, code: string])[] = [
  [
    'passes',
    `const passes = (check: Check, value: unknown): boolean => {
  const faults: string[] = [];
  check(value, '', faults);
  return faults.length === 0;
};`,
  ],
  [
    'same',
    `const same = (a: unknown, b: unknown): boolean => {
  if (a === b || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [some, others] = [a, b] as Record<string, unknown>[];
  const names = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(some?.[name], others?.[name]))
  );
};`,
  ],
  [
    'isMultiple',
    `const isMultiple = (value: number, of: number): boolean => {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
};`,
  ],
  [
    'typeOf',
    `const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;`,
  ],
];

class Writer {
  readonly #document: Document;
  readonly #names = new Names([
    ...reserved,
    'Check',
    'typeOf',
    'same',
    'passes',
    'isMultiple',
    'answers',
    'validate',
    'value',
    'at',
    'faults',
  ]);
  readonly #functions = new Map<string, { name: string; code: string }>();
  readonly #circles: Circles;

  constructor(document: Document) {
    this.#document = document;
    this.#circles = new Circles(document);
  }

  functions(): string {
    return [...this.#functions.values()].map(({ code }) => code).join('\n');
  }

  /** An expression of the type Check. `of` is the component that holds for the same value. */
  check(node: unknown, of?: Holder): string {
    if (node === false) return "(_value, at, faults) => void faults.push(`${at || '/'} must not be there`)";
    if (!isObject(node)) return '() => {}';
    const ref = typeof node.$ref === 'string' ? node.$ref : undefined;
    if (ref !== undefined) {
      const { $ref: _, ...beside } = node;
      const back = of && this.#circles.back(node, of);
      // A choice of itself allows nothing that its other branches don't.
      if (back === 'choice') return this.check(false);
      const target = this.#named(ref, node, back === 'all');
      if (this.#document.openapi.startsWith('3.0') || Object.keys(beside).length === 0) return target;
      return `(value, at, faults) => { ${target}(value, at, faults);${this.#body(beside, of)} }`;
    }
    return `(value, at, faults) => {${this.#body(node, of)} }`;
  }

  /** `bare` is a component without what leads back to one that is made of it. */
  #named(ref: string, node: Node, bare: boolean): string {
    const key = bare ? `${ref} base` : ref;
    const known = this.#functions.get(key);
    if (known) return known.name;
    const name = this.#names.give(identifierOf(`check ${componentName('schemas', node) ?? ref}${bare ? ' base' : ''}`));
    const entry = { name, code: '' };
    this.#functions.set(key, entry);
    const schema = resolve<Schema>(this.#document, node as Schema);
    const code = bare ? this.check(this.#circles.bare(schema)) : this.check(schema, { schema, way: 'all' });
    entry.code = `const ${name}: Check = (value, at, faults) => (${code})(value, at, faults);\n`;
    return name;
  }

  #body(schema: Node, of?: Holder): string {
    const is30 = this.#document.openapi.startsWith('3.0');
    const lines: string[] = [];
    const fault = (test: string, words: string, at = "${at || '/'}") =>
      lines.push(`if (${test}) faults.push(\`${at} ${words.replaceAll('`', "'").replaceAll('${', '$ {')}\`);`);
    const types = [schema.type].flat().filter((type): type is string => typeof type === 'string');
    if (is30 && schema.nullable === true && types.length > 0) types.push('null');
    if (types.length > 0) {
      const wanted = types.includes('number') ? [...types, 'integer'] : types;
      lines.push(
        `if (!${JSON.stringify(wanted)}.includes(typeOf(value))) return void faults.push(\`\${at || '/'} must be ${types.join(' or ')}\`);`,
      );
    }
    if (is30 && schema.nullable === true) lines.push('if (value === null) return;');
    if (Array.isArray(schema.enum)) {
      fault(
        `!(${JSON.stringify(schema.enum)} as unknown[]).some((one) => same(one, value))`,
        'must be one of the values of its enum',
      );
    }
    if (schema.const !== undefined)
      fault(`!same(${JSON.stringify(schema.const)}, value)`, 'must be the value of its const');
    this.#numbers(schema, fault, is30);
    this.#texts(schema, fault);
    this.#lists(schema, lines);
    this.#objects(schema, lines);
    this.#combined(schema, lines, of);
    return ` ${lines.join('\n  ')}`;
  }

  #numbers(schema: Node, fault: (test: string, words: string) => void, is30: boolean): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    const number = (test: string) => `typeof value === 'number' && ${test}`;
    if (typeof minimum === 'number') {
      const isOpen = is30 && exclusiveMinimum === true;
      fault(
        number(`value ${isOpen ? '<=' : '<'} ${minimum}`),
        `must be ${isOpen ? 'more than' : 'at least'} ${minimum}`,
      );
    }
    if (typeof maximum === 'number') {
      const isOpen = is30 && exclusiveMaximum === true;
      fault(
        number(`value ${isOpen ? '>=' : '>'} ${maximum}`),
        `must be ${isOpen ? 'less than' : 'at most'} ${maximum}`,
      );
    }
    if (typeof exclusiveMinimum === 'number')
      fault(number(`value <= ${exclusiveMinimum}`), `must be more than ${exclusiveMinimum}`);
    if (typeof exclusiveMaximum === 'number')
      fault(number(`value >= ${exclusiveMaximum}`), `must be less than ${exclusiveMaximum}`);
    if (typeof multipleOf === 'number')
      fault(number(`!isMultiple(value, ${multipleOf})`), `must be a multiple of ${multipleOf}`);
  }

  #texts(schema: Node, fault: (test: string, words: string) => void): void {
    const { minLength, maxLength, pattern } = schema;
    const text = (test: string) => `typeof value === 'string' && ${test}`;
    if (typeof minLength === 'number')
      fault(text(`[...value].length < ${minLength}`), `must have at least ${minLength} characters`);
    if (typeof maxLength === 'number')
      fault(text(`[...value].length > ${maxLength}`), `must have at most ${maxLength} characters`);
    const expression = typeof pattern === 'string' ? patternOf(pattern) : undefined;
    if (expression !== undefined) fault(text(`!${codeOf(expression)}.test(value)`), 'must match its pattern');
  }

  #lists(schema: Node, lines: string[]): void {
    const { minItems, maxItems, uniqueItems, items, prefixItems, contains } = schema;
    const inner: string[] = [];
    const say = (test: string, words: string) => inner.push(`if (${test}) faults.push(\`\${at || '/'} ${words}\`);`);
    if (typeof minItems === 'number') say(`value.length < ${minItems}`, `must have at least ${minItems} items`);
    if (typeof maxItems === 'number') say(`value.length > ${maxItems}`, `must have at most ${maxItems} items`);
    if (uniqueItems === true)
      say(
        'value.some((one, index) => value.slice(0, index).some((other) => same(one, other)))',
        'must have no item twice',
      );
    const prefix = Array.isArray(prefixItems) ? prefixItems : [];
    prefix.forEach((item, index) => {
      inner.push(`if (value.length > ${index}) (${this.#typed(item)})(value[${index}], \`\${at}/${index}\`, faults);`);
    });
    if (items !== undefined) {
      inner.push(
        `value.slice(${prefix.length}).forEach((one, index) => (${this.#typed(items)})(one, \`\${at}/\${index + ${prefix.length}}\`, faults));`,
      );
    }
    if (contains !== undefined) {
      const { minContains = 1, maxContains } = schema;
      inner.push(`{ const found = value.filter((one) => passes(${this.#typed(contains)}, one)).length;`);
      say(
        `found < ${Number(minContains)}${typeof maxContains === 'number' ? ` || found > ${maxContains}` : ''}`,
        'must contain the items that its schema asks for',
      );
      inner.push('}');
    }
    if (inner.length > 0) lines.push(`if (Array.isArray(value)) { ${inner.join('\n  ')} }`);
  }

  #objects(schema: Node, lines: string[]): void {
    const {
      required,
      properties,
      additionalProperties,
      patternProperties,
      minProperties,
      maxProperties,
      propertyNames,
    } = schema;
    const inner: string[] = [];
    const say = (test: string, words: string) => inner.push(`if (${test}) faults.push(\`\${at || '/'} ${words}\`);`);
    const shown = (name: string) => !this.#isWriteOnly(isObject(properties) ? properties[name] : undefined);
    for (const name of Array.isArray(required) ? required.filter(shown) : []) {
      inner.push(`if (!Object.hasOwn(object, ${literal(name)})) faults.push(at + ${literal(`/${name} is missing`)});`);
    }
    if (typeof minProperties === 'number')
      say(`Object.keys(object).length < ${minProperties}`, `must have at least ${minProperties} members`);
    if (typeof maxProperties === 'number')
      say(`Object.keys(object).length > ${maxProperties}`, `must have at most ${maxProperties} members`);
    const known = isObject(properties) ? Object.entries(properties) : [];
    for (const [name, member] of known) {
      inner.push(
        `if (Object.hasOwn(object, ${literal(name)})) (${this.#typed(member)})(object[${literal(name)}], at + ${literal(`/${name}`)}, faults);`,
      );
    }
    const patterns = Object.entries(isObject(patternProperties) ? patternProperties : {}).flatMap(
      ([pattern, member]) => {
        const expression = patternOf(pattern);
        return expression === undefined ? [] : [[codeOf(expression), member] as const];
      },
    );
    const isKnown = [
      `${JSON.stringify(known.map(([name]) => name))}.includes(name)`,
      ...patterns.map(([code]) => `${code}.test(name)`),
    ];
    patterns.forEach(([, member], index) => {
      inner.push(
        `for (const [name, one] of Object.entries(object)) if (${isKnown[index + 1]}) (${this.#typed(member)})(one, \`\${at}/\${name}\`, faults);`,
      );
    });
    if (additionalProperties !== undefined && additionalProperties !== true) {
      inner.push(
        `for (const [name, one] of Object.entries(object)) if (!(${isKnown.join(' || ')})) (${this.#typed(additionalProperties)})(one, \`\${at}/\${name}\`, faults);`,
      );
    }
    if (propertyNames !== undefined) {
      inner.push(
        `for (const name of Object.keys(object)) (${this.#typed(propertyNames)})(name, \`\${at}/\${name}\`, faults);`,
      );
    }
    if (inner.length > 0)
      lines.push(
        `if (typeOf(value) === 'object') { const object = value as Record<string, unknown>;\n  ${inner.join('\n  ')} }`,
      );
  }

  #combined(schema: Node, lines: string[], of?: Holder): void {
    const choice = of && { ...of, way: 'choice' as const };
    const list = (name: string): unknown[] => (Array.isArray(schema[name]) ? (schema[name] as unknown[]) : []);
    for (const part of list('allOf')) lines.push(`(${this.#typed(part, of)})(value, at, faults);`);
    const say = (test: string, words: string) => lines.push(`if (${test}) faults.push(\`\${at || '/'} ${words}\`);`);
    const checks = (name: string) =>
      `([${(name === 'oneOf' ? distinctBranches(this.#document, list(name)) : list(name))
        .map((part) => this.check(part, choice))
        .join(', ')}] as Check[])`;
    const told = choiceOf(this.#document, schema);
    if (told !== undefined) lines.push(this.#told(told, choice));
    if (list('anyOf').length > 0 && (told === undefined || schema.oneOf !== undefined))
      say(`!${checks('anyOf')}.some((check) => passes(check, value))`, 'must be one of several forms, and is none');
    if (list('oneOf').length > 0 && told === undefined)
      say(
        `${checks('oneOf')}.filter((check) => passes(check, value)).length !== 1`,
        'must be exactly one of several forms',
      );
    if (schema.not !== undefined)
      say(
        `passes(${this.#typed(schema.not, choice)}, value)`,
        'must not be of the form that `not` gives'.replaceAll('`', "'"),
      );
    if (schema.if !== undefined) {
      const [yes, no] = [schema.then ?? true, schema.else ?? true].map((part) => this.#typed(part, choice));
      lines.push(`(passes(${this.#typed(schema.if, choice)}, value) ? ${yes} : ${no})(value, at, faults);`);
    }
  }

  /** The check of the branch that a discriminator tells. */
  #told({ discriminator, branches, isNullable }: Choice, of: Holder | undefined): string {
    const name = literal(discriminator.propertyName);
    const fallback =
      discriminator.defaultMapping === undefined ? 'must be one of several forms, and is none' : undefined;
    const cases = branches.map(
      ({ schema, values }) =>
        `if ((${JSON.stringify(values)} as unknown[]).includes(kind)) (${this.#typed(schema, of)})(value, at, faults);\n  else `,
    );
    const otherwise = fallback === undefined ? ';' : `faults.push(\`\${at || '/'} ${fallback}\`);`;
    const isObject = "typeOf(value) === 'object'";
    return `${isNullable ? 'if (value !== null) ' : ''}{ const kind = ${isObject} ? (value as Record<string, unknown>)[${name}] : undefined;
  ${cases.join('')}${otherwise} }`;
  }

  #isWriteOnly(member: unknown): boolean {
    return isObject(member) && partsOf(this.#document, member).some(({ writeOnly }) => writeOnly === true);
  }

  #typed(node: unknown, of?: Holder): string {
    const check = this.check(node, of);
    return check.startsWith('(') ? `(${check}) as Check` : check;
  }
}
