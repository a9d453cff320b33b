/**
 * The expression of a pattern: as ECMAScript with Unicode, else translated from the dialects that documents are often
 * written for, else as ECMAScript without Unicode. Undefined for a pattern that is none of these.
 */
export function patternOf(pattern: string): RegExp | undefined {
  const known = compiled.get(pattern);
  if (known !== undefined || compiled.has(pattern)) return known;
  const [source, flags] = bare(pattern);
  // Without Unicode, what ECMAScript does not know stands for its letters: `\p{L}` for five of them.
  const found =
    compile(() => [source, `u${flags}`]) ??
    compile(() => translated(source, flags)) ??
    (/\\[pP]\{|\[\[:/.test(source) ? undefined : compile(() => [source, flags]));
  compiled.set(pattern, found);
  return found;
}

const compiled = new Map<string, RegExp | undefined>();

/** `/^a$/i` is how JavaScript's code writes a pattern. Read as it stands, with a text before its start, it matches none. */
function bare(pattern: string): [source: string, flags: string] {
  const [, source, flags = ''] = /^\/(\^.*\$)\/([ims]*)$/s.exec(pattern) ?? [];
  return source === undefined ? [pattern, ''] : [source, flags];
}

function compile(made: () => readonly [source: string, flags: string]): RegExp | undefined {
  try {
    return new RegExp(...made());
  } catch {
    return undefined;
  }
}

/** Classes of POSIX within a set, `[[:alpha:]]`, which Java calls `\p{Alpha}`. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  graph: '!-~',
  print: ' -~',
  cntrl: '\\x00-\\x1f\\x7f',
};

const NEGATED: Readonly<Record<string, string>> = { digit: '\\D', space: '\\S', word: '\\W' };

/** Escapes of other dialects, outside of a set and within one. */
const ESCAPES: Readonly<Record<string, readonly [outside: string, within: string]>> = {
  A: ['^', 'A'],
  z: ['$', 'z'],
  Z: ['$', 'Z'],
  G: ['', 'G'],
  h: ['[ \\t]', ' \\t'],
  H: ['[^ \\t]', 'H'],
  R: ['(?:\\r\\n|[\\n\\v\\f\\r\\u2028\\u2029])', 'R'],
  a: ['\\x07', '\\x07'],
  e: ['\\x1b', '\\x1b'],
};

/** The characters that an expression with Unicode accepts after a backslash. */
const KEPT = /[\^$\\.*+?()[\]{}|/dDwWsSbBnrtfvcxukpP\d]/;
const CLASS_ESCAPE = /\\([dDwWsS]|[pP]\{[^}]*\})$/;

/** A place in a pattern that is being translated. */
interface State {
  readonly flags: Set<string>;
  /** The translation so far. */
  source: string;
  /** The part of the pattern that is still to be translated. */
  rest: string;
  within: boolean;
}

type Rule = readonly [expression: RegExp, text: (found: RegExpExecArray, state: State) => string];

const ANYWHERE: readonly Rule[] = [
  [
    /^\\(x\{[\da-fA-F]+\}|[pP]\{\^?[^}]*\}|[pP]\p{L}|Q.*?(?:\\E|$)|.)/su,
    ([, text = ''], { within }) => escaped(text, within),
  ],
];

const WITHIN: readonly Rule[] = [
  [/^\[:(\^?)(\w+):\]/, ([whole, not, name = '']) => (not ? NEGATED : CLASSES)[name] ?? unknown(whole)],
  [/^-/, (_, { source, rest }) => (isBesideClass(source, rest) ? '\\-' : '-')],
  [/^\]/, (_, state) => leave(state)],
];

const OUTSIDE: readonly Rule[] = [
  [/^\(\?([imsU]+)\)/, ([, modes = ''], { flags }) => set(flags, modes)],
  [/^\(\?#[^)]*\)/, () => ''],
  [/^\(\?P</, () => '(?<'],
  [/^\(\?P=(\w+)\)/, ([, name]) => `\\k<${name}>`],
  [/^\(\?>/, () => '(?:'],
  [/^([*+?]|\{\d+(?:,\d*)?\})\+/, ([, quantifier = '']) => quantifier],
  [/^\{,(\d+)\}/, ([, most]) => `{0,${most}}`],
  [/^\{\d+(?:,\d*)?\}/, ([whole]) => whole],
  [/^[{}\]]/, ([char]) => `\\${char}`],
  // A set may begin with its own end.
  [/^\[(\^?)(\]?)/, ([, not, end], state) => `${enter(state)}${not}${end && '\\]'}`],
];

const OTHERWISE: readonly Rule[] = [[/^./su, ([char]) => char]];

/**
 * A pattern of PCRE, Java, Python, Ruby or Go, or one that only ECMAScript without Unicode takes, as ECMAScript with
 * Unicode. Possessive and atomic parts may give back what they took: that allows more, never less.
 */
function translated(pattern: string, given: string): [source: string, flags: string] {
  const state: State = { flags: new Set(`${given}u`), source: '', rest: pattern, within: false };
  while (state.rest !== '') {
    for (const [expression, text] of [...ANYWHERE, ...(state.within ? WITHIN : OUTSIDE), ...OTHERWISE]) {
      const found = expression.exec(state.rest);
      if (found === null) continue;
      state.rest = state.rest.slice(found[0].length);
      state.source += text(found, state);
      break;
    }
  }
  return [state.source, [...state.flags].join('')];
}

function enter(state: State): string {
  state.within = true;
  return '[';
}

function leave(state: State): string {
  state.within = false;
  return ']';
}

function set(flags: Set<string>, modes: string): string {
  // U, which PCRE has for laziness, changes nothing in whether a text matches.
  for (const flag of modes) if (flag !== 'U') flags.add(flag);
  return '';
}

function unknown(text: string): never {
  throw new SyntaxError(`${text} is of no dialect that is known.`);
}

const isBesideClass = (before: string, after: string): boolean =>
  (CLASS_ESCAPE.test(before) && !after.startsWith(']')) || /^\\([dDwWsS]|[pP])/.test(after);

/** Translates an escape: a backslash followed by `text`. */
function escaped(text: string, within: boolean): string {
  const [kind = ''] = text;
  if (text.startsWith('x{')) return `\\u{${text.slice(2, -1)}}`;
  if (text.length > 1 && kind === 'Q') {
    return text
      .slice(1)
      .replace(/\\E$/, '')
      .replaceAll(/[\^$\\.*+?()[\]{}|/-]/g, (char) => (char === '-' ? char : `\\${char}`));
  }
  if (text.length > 1) return propertyOf(kind, text.slice(1).replace(/^\{|\}$/g, ''), within);
  const known = ESCAPES[text];
  if (known !== undefined) return known[within ? 1 : 0];
  if (text === '-') return within ? '\\-' : '-';
  return KEPT.test(text) ? `\\${text}` : text;
}

/** `\pL`, `\p{Han}`, `\p{IsAlphabetic}` and `\p{Alnum}` as ECMAScript names them. */
function propertyOf(kind: string, name: string, within: boolean): string {
  const bareName = name.replace(/^(Is|In)(?=\p{Lu})/u, '');
  for (const one of [name, bareName, `Script=${bareName}`]) {
    if (compile(() => [`\\p{${one}}`, 'u']) !== undefined) return `\\${kind}{${one}}`;
  }
  const set = CLASSES[bareName.toLowerCase()];
  if (set === undefined) return `\\${kind}{${name}}`;
  return within && kind === 'p' ? set : `[${kind === 'P' ? '^' : ''}${set}]`;
}
