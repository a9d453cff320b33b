import { HttpError } from '../errors.ts';
import { isTooDeep, MAX_DEPTH } from './depth.ts';

/** Parses a JSON body. Throws a 400 for one that is malformed, too deep, or not the text that it claims to be. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = utf8(bytes);
  const value = parse(text);
  if (isTooDeep(value)) throw tooDeep();
  // Only an escape can hide half a character or a NUL, which databases and loggers stumble over.
  if (text.includes('\\u')) checkTexts(value, '/body');
  return value;
}

/** The same for a part of a body whose depth and texts are checked elsewhere. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body, which may hold secrets.
    throw malformed();
  }
}

export const malformed = () => new HttpError(400, 'The body is not valid JSON.');
export const tooDeep = () => new HttpError(400, `/body must not be nested deeper than ${MAX_DEPTH} levels.`);

const decoder = new TextDecoder('utf-8', { fatal: true });

export function utf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new HttpError(400, 'The body is not valid UTF-8.');
  }
}

/** Throws a 400 for a text that is not well-formed Unicode, or holds a NUL. */
export function checkText(text: string, path: string): void {
  if (!text.isWellFormed()) throw new HttpError(400, `${path} must be well-formed Unicode.`);
  if (text.includes('\0')) throw new HttpError(400, `${path} must not hold a NUL character.`);
}

/** The same for every text within a value. */
export function checkTexts(value: unknown, path: string): void {
  if (typeof value === 'string') return checkText(value, path);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [name, member] of Object.entries(value)) {
    checkText(name, `${path}: a member's name`);
    checkTexts(member, `${path}/${name.slice(0, 100)}`);
  }
}
