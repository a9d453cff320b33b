import type { Random } from './random.ts';

type Node =
  | { readonly kind: 'chars'; readonly chars: readonly string[] }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

const WORD = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'];
const DIGITS = [...'0123456789'];
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: WORD,
  s: [' '],
  D: ['x', '-', ' '],
  W: ['-', ' ', '.'],
  S: WORD,
  p: [...'aAbBzZ'],
  P: ['-', '1'],
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' };

/**
 * A text that a pattern is likely to match. Assertions are left out, so the caller checks. `many` is how often
 * what may be repeated without end is repeated.
 */
export function sampleOf(pattern: string, many: number, random?: Random): string | undefined {
  try {
    const node = new Parser(pattern.replace(/^\^?\(\?[ims]+\)/, '')).parse();
    return write(node, many, random, { left: 5000 });
  } catch {
    return undefined;
  }
}

function write(node: Node, many: number, random: Random | undefined, budget: { left: number }): string {
  if (budget.left <= 0) return '';
  switch (node.kind) {
    case 'chars': {
      budget.left -= 1;
      const preferred = node.chars.find((char) => /[a-z0-9]/i.test(char)) ?? node.chars[0] ?? '';
      return random === undefined ? preferred : (random.pick(node.chars) ?? '');
    }
    case 'sequence':
      return node.parts.map((part) => write(part, many, random, budget)).join('');
    case 'choice': {
      const part = random === undefined ? node.parts[0] : random.pick(node.parts);
      return part === undefined ? '' : write(part, many, random, budget);
    }
    case 'repeat': {
      const most = Number.isFinite(node.max) ? Math.min(node.max, Math.max(node.min, many)) : Math.max(node.min, many);
      const times = random === undefined ? most : node.min + random.below(most - node.min + 1);
      let text = '';
      for (let time = 0; time < times && budget.left > 0; time++) text += write(node.part, many, random, budget);
      return text;
    }
  }
}

/** Reads as much of a regular expression as a sample needs. */
class Parser {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#chars = [...pattern];
  }

  parse(): Node {
    const node = this.#choice();
    if (this.#at < this.#chars.length) throw new Error('an expression that is not understood');
    return node;
  }

  #peek = (): string | undefined => this.#chars[this.#at];

  #next(): string {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw new Error('the expression ends too early');
    return char;
  }

  #choice(): Node {
    const parts = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    for (let char = this.#peek(); char !== undefined && char !== '|' && char !== ')'; char = this.#peek()) {
      const part = this.#atom();
      if (part !== undefined) parts.push(this.#repeated(part));
    }
    return { kind: 'sequence', parts };
  }

  /** Undefined for what matches no character. */
  #atom(): Node | undefined {
    const char = this.#next();
    switch (char) {
      case '^':
      case '$':
        return undefined;
      case '.':
        return { kind: 'chars', chars: WORD };
      case '(':
        return this.#group();
      case '[':
        return { kind: 'chars', chars: this.#set() };
      case '\\':
        return this.#escape();
      default:
        return { kind: 'chars', chars: [char] };
    }
  }

  #group(): Node | undefined {
    let skipped = false;
    if (this.#peek() === '?') {
      this.#at += 1;
      const mark = this.#next();
      if (mark === '=' || mark === '!') skipped = true;
      else if (mark === 'P' || mark === '<') {
        if (mark === 'P') this.#next();
        if (this.#peek() === '=' || this.#peek() === '!') skipped = true;
        while (!skipped && this.#next() !== '>');
        if (skipped) this.#at += 1;
      } else while (mark !== ':' && this.#next() !== ':');
    }
    const node = this.#choice();
    if (this.#next() !== ')') throw new Error('a group that is not closed');
    return skipped ? undefined : node;
  }

  #escape(): Node | undefined {
    const char = this.#next();
    if (char === 'b' || char === 'B' || char === 'A' || char === 'z' || char === 'Z') return undefined;
    return { kind: 'chars', chars: this.#escaped(char) };
  }

  #escaped(char: string): readonly string[] {
    if (char === 'p' || char === 'P') {
      if (this.#peek() === '{') while (this.#next() !== '}');
      return CLASSES[char] ?? [];
    }
    const known = CLASSES[char];
    if (known !== undefined) return known;
    if (char === 'x' || (char === 'u' && this.#peek() !== '{')) {
      const digits = Array.from({ length: char === 'x' ? 2 : 4 }, () => this.#next()).join('');
      return [String.fromCharCode(Number.parseInt(digits, 16))];
    }
    if (char === 'u') {
      this.#next();
      let digits = '';
      for (let digit = this.#next(); digit !== '}'; digit = this.#next()) digits += digit;
      return [String.fromCodePoint(Number.parseInt(digits, 16))];
    }
    return [ESCAPES[char] ?? char];
  }

  #set(): readonly string[] {
    const excluded = this.#peek() === '^';
    if (excluded) this.#at += 1;
    const chars: string[] = [];
    for (let char = this.#next(); char !== ']'; char = this.#next()) {
      const from = char === '\\' ? this.#escaped(this.#next()) : [char];
      if (from.length === 1 && this.#peek() === '-' && this.#chars[this.#at + 1] !== ']') {
        this.#at += 1;
        const end = this.#next();
        const to = end === '\\' ? this.#escaped(this.#next()) : [end];
        const [low, high] = [from[0]?.codePointAt(0) ?? 0, to[0]?.codePointAt(0) ?? 0];
        if (to.length !== 1) chars.push(...from, '-', ...to);
        else for (let code = low; code <= Math.min(high, low + 300); code++) chars.push(String.fromCodePoint(code));
      } else chars.push(...from);
    }
    const found = excluded ? PRINTABLE.filter((char) => !chars.includes(char)) : chars;
    if (found.length === 0) throw new Error('a set without a character');
    return found.filter((char) => char.isWellFormed());
  }

  #repeated(part: Node): Node {
    let node = part;
    for (;;) {
      const char = this.#peek();
      const bounds =
        char === '*'
          ? ([0, Number.POSITIVE_INFINITY] as const)
          : char === '+'
            ? ([1, Number.POSITIVE_INFINITY] as const)
            : char === '?'
              ? ([0, 1] as const)
              : char === '{'
                ? this.#braces()
                : undefined;
      if (bounds === undefined) return node;
      if (char !== '{') this.#at += 1;
      if (this.#peek() === '?' || this.#peek() === '+') this.#at += 1;
      node = { kind: 'repeat', part: node, min: bounds[0], max: bounds[1] };
    }
  }

  #braces(): readonly [number, number] | undefined {
    const [, whole, low, comma, high] =
      /^(\{(\d+)(,?)(\d*)\})/.exec(this.#chars.slice(this.#at, this.#at + 24).join('')) ?? [];
    if (whole === undefined) return undefined;
    this.#at += whole.length;
    const min = Number(low);
    return [min, comma === '' ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high)];
  }
}
