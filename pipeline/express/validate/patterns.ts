import type { Report } from './prepared.ts';

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
  punct: '!-\\/:-@\\[-`{-~',
};

/**
 * Compiles the patterns of a document: as ECMAScript with Unicode, else without, else in the dialects that documents
 * are often written for, with `(?i)` in front, `\A`, `\z` and `[[:alpha:]]`. A pattern that is none of these is
 * reported and takes any text.
 */
export function tolerant(report: Report): { (pattern: string, flags: string): RegExp; code: string } {
  const compile = (pattern: string): RegExp => {
    const found = patternOf(pattern);
    if (found !== undefined) return found;
    report(`The pattern ${pattern} is no regular expression of ECMAScript. Any text is taken there.`);
    return /(?:)/;
  };
  return Object.assign(compile, { code: 'new RegExp' });
}

export function patternOf(pattern: string): RegExp | undefined {
  const { source, flags } = translated(pattern);
  return attempt(pattern, 'u') ?? attempt(source, `u${flags}`) ?? attempt(source, flags) ?? attempt(pattern, '');
}

function translated(pattern: string): { source: string; flags: string } {
  const [, flags = '', rest = pattern] = /^\^?\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  const anchored = pattern.startsWith('^(?') && flags !== '' ? `^${rest}` : rest;
  const source = anchored
    .replaceAll(/(?<!\\)((?:\\\\)*)\\A/g, '$1^')
    .replaceAll(/(?<!\\)((?:\\\\)*)\\[zZ]/g, '$1$')
    .replaceAll(/\[:(\w+):\]/g, (found, name: string) => CLASSES[name] ?? found)
    .replaceAll(/\(\?P</g, '(?<')
    .replaceAll(/([*+?}])\+/g, '$1');
  return { source, flags };
}

function attempt(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
