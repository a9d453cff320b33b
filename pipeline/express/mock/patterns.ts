import { patternOf } from '../validate/patterns.ts';

/**
 * A text that matches a regular expression, or undefined where its syntax is beyond this: look-around and references.
 * Each choice takes its first way, and each repetition as few times as it may.
 */
export function matching(pattern: string): string | undefined {
  const reader = new Reader(pattern.replace(/^\(\?i\)/, ''));
  try {
    const text = reader.alternatives();
    return reader.atEnd && patternOf(pattern)?.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '0',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  b: '',
  B: '',
  A: '',
  z: '',
  Z: '',
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  alternatives(): string {
    const first = this.#sequence();
    while (this.#take('|')) this.#sequence();
    return first;
  }

  #sequence(): string {
    let made = '';
    while (!this.atEnd && !'|)'.includes(this.#peek())) {
      const atom = this.#atom();
      made += atom.repeat(this.#least());
    }
    return made;
  }

  #atom(): string {
    const character = this.#next();
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'a';
    if (character === '\\') return this.#escaped();
    if (character === '[') return this.#set();
    if (character !== '(') return character;
    if (this.#take('?')) {
      if (!this.#take(':')) {
        if (!this.#take('<') || '=!'.includes(this.#peek())) throw new Error('look-around');
        while (this.#next() !== '>');
      }
    }
    const inner = this.alternatives();
    if (!this.#take(')')) throw new Error('unclosed');
    return inner;
  }

  #escaped(): string {
    const character = this.#next();
    if (character === 'p' || character === 'P') {
      while (this.#next() !== '}');
      return 'a';
    }
    if (character === 'u' || character === 'x')
      return String.fromCharCode(Number.parseInt(this.#digits(character === 'u' ? 4 : 2), 16));
    if (/[1-9k]/.test(character)) throw new Error('reference');
    return CLASSES[character] ?? ESCAPES[character] ?? character;
  }

  #digits(count: number): string {
    return Array.from({ length: count }, () => this.#next()).join('');
  }

  /** A character of a set; of a negated one, the first of the usual that it has. */
  #set(): string {
    const start = this.#at;
    const isNegated = this.#take('^');
    let first: string | undefined;
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      const character = this.#next();
      const one = character === '\\' ? this.#escaped() : character;
      first ??= one;
    }
    this.#at += 1;
    if (!isNegated) return first ?? '';
    const set = new RegExp(`[${this.#text.slice(start, this.#at)}`, 'u');
    return [...'aA0-_ .@é'].find((one) => set.test(one)) ?? '';
  }

  #least(): number {
    const quantifier = /^(?:([*?])|(\+)|\{(\d+)(?:,\d*)?\})[?+]?/.exec(this.#text.slice(this.#at));
    if (quantifier === null) return 1;
    this.#at += quantifier[0].length;
    const [, none, once, count] = quantifier;
    return none !== undefined ? 0 : once !== undefined ? 1 : Number(count);
  }

  #peek(): string {
    if (this.atEnd) throw new Error('unfinished');
    return this.#text.charAt(this.#at);
  }

  #next(): string {
    const character = this.#peek();
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }
}
