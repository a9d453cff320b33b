import type { Project } from './config.ts';
import { StepFailed } from './step.ts';

/** The pieces that the generated TypeScript is put together from. */

/** Says where a file comes from. */
export const banner = ({ title }: Pick<Project, 'title'>): string =>
  `// Written by \`npm run gen\` from ${title.replace(/.*[\\/](?=.)/, '').replaceAll(/\s/g, ' ')}. Changes made here are lost.\n`;

/** A JSDoc comment, whatever the text holds. Nothing for no text. */
export function jsdoc(text: string | undefined, indent = ''): string {
  const lines = (text ?? '').replaceAll('*/', '*\\/').trim().split('\n');
  if (lines.length === 1) return lines[0] ? `${indent}/** ${lines[0]} */\n` : '';
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`, ''].join('\n');
}

/** A literal in single quotes where it is a string, and valid TypeScript for any other JSON value. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'string') return JSON.stringify(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A regular expression as code: a literal could end a comment or a line. */
export const codeOf = ({ source, flags }: RegExp): string => `new RegExp(${literal(source)}, '${flags}')`;

/** Marks a call that a bundler may leave out where nobody uses what it returns. */
export const PURE = '/* @__PURE__ */ ';

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A name as a member of an object literal. */
export const member = (name: string): string => (identifier.test(name) ? name : literal(name));

/** A name of the document that has to stand as it is in code, and in the name of a file. */
export function nameable(name: string, what: string): string {
  if (!identifier.test(name))
    throw new StepFailed(`The ${what} ${JSON.stringify(name)} can't be a name in TypeScript.`);
  return name;
}
