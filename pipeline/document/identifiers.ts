/** Gives every name once, also where letter case does not count: names become files, and some disks don't tell. */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set([...reserved].map(fold));
  }

  /** The name itself if it is free and an identifier. */
  claim(name: string): boolean {
    return name === identifierOf(name) && this.#take(name);
  }

  #take(name: string): boolean {
    if (this.#taken.has(fold(name))) return false;
    this.#taken.add(fold(name));
    return true;
  }

  /** The nearest name that is free: the one that is wished for, or that with a number. */
  give(wish: string): string {
    const base = identifierOf(wish);
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base}${count}`;
      if (this.#take(name)) return name;
    }
  }
}

const fold = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Short enough for a file's name on any disk, in whatever script. */
const longest = 100;

/** An identifier as like a text as can be: `repos/list-tags` becomes `reposListTags`. */
export function identifierOf(text: string): string {
  const parts = text.normalize('NFC').match(/[\p{ID_Continue}$]+/gu) ?? [];
  const joined = parts.map((word, index) => (index === 0 ? word : capital(word))).join('');
  // Not in the middle of a character of two halves.
  const name = [...joined].slice(0, longest).join('');
  if (name === '') return 'unnamed';
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const words = (text: string): string[] => text.trim().split(/\s+/);

/** No value can have these names: words of JavaScript, members of every object, and devices of Windows. */
const reservedForValues: readonly string[] = [
  ...words(`
    arguments await break case catch class const continue debugger default delete do else enum
    eval export extends false finally for function if implements import in instanceof interface let new null
    package private protected prototype public return static super switch this throw
    true try typeof undefined unnamed var void while with yield`),
  ...Object.getOwnPropertyNames(Object.prototype),
  ...words('con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9'),
  ...words('lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9'),
];

/** No type can have these names either. */
export const reserved: readonly string[] = [
  ...reservedForValues,
  ...words('any async bigint boolean never number object of string symbol unknown'),
];

/**
 * An operation can't have these names: files and names beside its handler, and members that a client has or would be
 * taken for (an object with a method `then` is a promise to `await`).
 */
export const reservedForOperations: readonly string[] = [
  ...reservedForValues,
  ...words('index handler handlers Input Result Services RequestContext NotImplemented HttpError answer Promise'),
  ...words('raw then'),
];
