import { patternOf } from '../../document/patterns.ts';
import type { Report } from './prepared.ts';

/** Compiles the patterns of a document. One that is of no dialect that is known is reported and takes any text. */
export function tolerant(report: Report): { (pattern: string, flags: string): RegExp; code: string } {
  const compile = (pattern: string): RegExp => {
    const found = patternOf(pattern);
    if (found !== undefined) return found;
    report(`The pattern ${pattern} is no regular expression of ECMAScript. Any text is taken there.`);
    return /(?:)/;
  };
  return Object.assign(compile, { code: 'new RegExp' });
}
