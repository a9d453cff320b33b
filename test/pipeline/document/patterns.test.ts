import { expect, it } from 'vitest';
import { patternOf } from '../../../pipeline/document/patterns.ts';

/** A pattern, a text that it takes, and one that it doesn't. */
const read: readonly [dialect: string, pattern: string, takes: string, refuses: string][] = [
  ['ECMAScript with Unicode', '^\\p{L}+$', 'é', '1'],
  ['lookbehind', '(?<=a)b', 'ab', 'cb'],
  ['escapes that Unicode does not allow', '^[\\w\\-\\.\\_ \\@]+\\:$', 'a-@:', '!:'],
  ['such escapes beside a property', '^[\\p{L}\\_]+$', 'é_', 'p{L}'],
  ['a range that is none', '^[\\w-.]+$', 'a-.', '!'],
  ['braces that repeat nothing', '^{a}$', '{a}', 'a'],
  ['ignoring case from the start', '(?i)^abc$', 'ABC', 'x'],
  ['ignoring case behind an anchor', '^(?i)abc$', 'ABC', 'x'],
  ['any character, line ends too', '(?s)^a.b$', 'a\nb', 'ab'],
  ['anchors of a whole text', '\\A\\d{3}\\z', '123', '1234'],
  ['a class of POSIX', '^[[:alpha:]_-]+$', 'a_-', '1'],
  ['the opposite of one', '^[[:^digit:]]+$', 'a', '1'],
  ['a class of Java', '^\\p{Alnum}+$', 'a1', '-'],
  ['a property of Java', '^\\p{IsAlphabetic}+$', 'é', '1'],
  ['a property in short', '^\\pL+$', 'é', '1'],
  ['a script', '^\\p{Han}+$', '漢', 'a'],
  ['a possessive quantifier', '^[a*+]++!?+$', 'a*+!', 'b'],
  ['an atomic group', '^(?>a|b)c$', 'ac', 'cc'],
  ['a named group of Python', '^(?P<y>\\d{4})-(?P=y)$', '2020-2020', '2020-2021'],
  ['a comment', '^\\d+(?#digits)$', '1', 'a'],
  ['a quotation', '^\\Qa.b\\E$', 'a.b', 'axb'],
  ['a character by its number', '^\\x{41}$', 'A', 'B'],
  ['horizontal space', '^a\\h+b$', 'a \tb', 'ab'],
  ['a bound without a lower one', '^a{,3}$', 'aa', 'aaaa'],
  ['a set that begins with its end', '^[]a]+$', ']a', 'b'],
  ['a literal of JavaScript', '/^[a-z]+$/i', 'ABC', '1'],
];

it.each(read)('%s: %s', (_dialect, pattern, takes, refuses) => {
  expect(patternOf(pattern)?.test(takes)).toBe(true);
  expect(patternOf(pattern)?.test(refuses)).toBe(false);
});

it.each(['(?R)', '^[[:^alpha:]]$', '^\\p{Nothing}$', '['])('%s is of no dialect that is known', (pattern) => {
  expect(patternOf(pattern)).toBeUndefined();
});
