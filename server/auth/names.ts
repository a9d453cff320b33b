import { badRequest } from '../exceptions.ts';

/** As long as the sibling API's names of environments. */
const MAX_LENGTH = 255;

/**
 * Refuses a name that no path could ever hold: empty, `.` or `..` (which URLs resolve away), control characters, or
 * overlong. The service's own model has no pattern for app ids and environment names, so everything else is taken.
 */
export function checkName(place: string, name: string): void {
  if (name === '') throw badRequest(`${place} must not be empty`);
  if (name === '.' || name === '..') throw badRequest(`${place} must not be ${name}`);
  if (name.length > MAX_LENGTH) throw badRequest(`${place} must not have more than ${MAX_LENGTH} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) throw badRequest(`${place} must not have control characters`);
  if (!name.isWellFormed()) throw badRequest(`${place} must be well-formed Unicode`);
}
