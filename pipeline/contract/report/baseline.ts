import { readFile, writeFile } from 'node:fs/promises';
import { CouldNotRun } from '../couldNotRun.ts';
import { isObject } from '../document/json.ts';
import { type Report, type Violation, withoutValues } from './report.ts';

/** A finding, whatever the seed and the values of the run in which it was made. */
export const fingerprint = ({
  operation,
  rule,
  place,
  message,
}: Pick<Violation, 'operation' | 'rule' | 'place' | 'message'>): string =>
  `${operation} | ${rule} | ${place.replaceAll(/\/\d+(?=\/|$)/g, '/*')} | ${withoutValues(message)}`;

/** The violations that are known. Throws `CouldNotRun` for a file that is missing or of another kind. */
export async function readBaseline(file: string): Promise<ReadonlySet<string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new CouldNotRun(`The baseline ${file} does not exist. Add --update-baseline to write it.`);
    throw new CouldNotRun(`The baseline ${file} can't be read: ${message.split('\n')[0]}.`);
  }
  const violations = isObject(parsed) && Array.isArray(parsed.violations) ? parsed.violations : undefined;
  if (violations === undefined) throw new CouldNotRun(`${file} is no baseline: it has no list called violations.`);
  return new Set(violations.filter(isObject).map((one) => fingerprint(one as unknown as Violation)));
}

/** Writes what was found, and answers what the file held that is gone. Operations that were not run keep theirs. */
export async function updateBaseline(
  file: string,
  report: Report,
  partial: boolean,
): Promise<{ held: number; gone: string[] }> {
  let old: Violation[] = [];
  try {
    old = (JSON.parse(await readFile(file, 'utf8')) as { violations: Violation[] }).violations ?? [];
  } catch {
    // There was none, or none that can be read: it is written anew.
  }
  const ran = new Set(report.results.filter(({ skipped }) => skipped === undefined).map(({ operation }) => operation));
  const found = new Map(report.violations.map((one) => [fingerprint(one), one]));
  const missing = old.filter((one) => !found.has(fingerprint(one)));
  const kept =
    partial || report.stopped !== undefined
      ? missing.filter(({ operation }) => !ran.has(operation) || report.stopped !== undefined)
      : [];
  const violations = [...kept, ...found.values()].map(({ operation, rule, place, title, message }) => ({
    operation,
    rule,
    place,
    title,
    message,
  }));
  try {
    await writeFile(file, `${JSON.stringify({ violations }, undefined, 2)}\n`);
  } catch (error) {
    throw new CouldNotRun(`The baseline could not be written: ${(error as Error).message}.`);
  }
  return { held: violations.length, gone: missing.filter((one) => !kept.includes(one)).map(fingerprint) };
}
