import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../../document/document.ts';
import { bundleOf } from '../bundle.ts';
import { client } from '../client.ts';
import { docs } from '../docs.ts';
import { enums, enumsOf } from '../enums.ts';
import { handlers } from '../handlers.ts';
import { operations } from '../operations.ts';
import { selfContained } from '../page.ts';
import { paths } from '../project.ts';
import { describe, StepFailed, start, startAfter, told } from '../step.ts';
import { tempFolder } from '../temp.ts';
import { banner } from '../text.ts';
import { leftOut } from './leftOut.ts';
import { Names, reserved } from '../../document/identifiers.ts';
import { normalise } from './normalise.ts';
import { type Read, read } from './read.ts';
import { clientIndex, handlerTypes, packages } from './templates.ts';

export interface Made {
  /** What is written each time, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** What is written where it is missing, and is a person's from then on. */
  readonly once: ReadonlyMap<string, string>;
  readonly orphans: readonly string[];
  /** What is to be said of the document: renamings, and what was left out. */
  readonly notes: readonly string[];
  readonly sources: readonly string[];
}

export interface Options {
  /** The root file of the document. */
  readonly spec: string;
  /** Where it will go; handlers that are there are looked at. */
  readonly out: string;
  /** Whether to make the reference page too; it is, unless told. */
  readonly page?: boolean;
  readonly say: (line: string) => void;
}

/** Everything that follows from a document of another origin, in memory. */
export async function make({ spec, out, page = true, say }: Options): Promise<Made> {
  using temp = tempFolder();
  const abort = new AbortController();
  const loaded = start('load', () => import('../types.ts'));
  const bundled = start('read', () => read(spec));
  const ready = startAfter('names', bundled, ({ document }) => {
    const { document: named, renamed } = normalise(document);
    return { ...bundleOf(named), renamed };
  });
  const source = join(temp.path, 'openapi.json');
  const config = join(import.meta.dirname, 'redocly.yaml');
  const draw = async (of: string, text: string) => {
    if (!page) return undefined;
    const html = await docs({ root: temp.path, config }, of, temp.path, abort.signal);
    return selfContained(html, text, createHash('sha256').update(text).digest('hex'));
  };
  const drawBundle = ({ text }: { text: string }) => {
    writeFileSync(source, text);
    return draw(source, text);
  };
  // Of one file, the page can be made while that is read; of several, only the bundle surely fetches nothing.
  const whole = page ? alone(spec) : undefined;
  const drawn =
    whole === undefined
      ? startAfter('docs', ready, drawBundle)
      : // Some of what was written, such as a version that is a number, only the bundle has right.
        start('docs', () => draw(spec, whole).catch(async () => drawBundle((await ready.result).value)));
  const typed = startAfter('types', ready, async ({ document }) => (await loaded.result).value.types(document));
  try {
    const { remarks, files: sources } = await told(bundled, say, spec);
    const { document, text, renamed } = await told(ready, say, paths.document);
    const files = new Map([[paths.document as string, text]]);
    const step = async (name: string, path: string, work: () => string) => {
      files.set(path, mine(await told(start(name, work), say, path), spec));
    };
    const { of, notes: renamedEnums } = enumNames(document);
    await step('enums', paths.enums, () => enums(document, of));
    await step('operations', paths.operations, () => operations(document));
    await step('client', paths.client, () => client([], paths, packages.core));
    const handled = start('handlers', () => handlers(document, out, paths.handlers, packages.http));
    const { index, stubs, orphans } = await told(handled, say, paths.handlers);
    files.set(paths.handlers, mine(index, spec));
    files.set(paths.types, mine(await told(typed, say, paths.types), spec));
    const notes = [...renamed, ...renamedEnums, ...leftOut(document).map((line) => `Left out: ${line}.`)];
    try {
      const html = page ? await told(drawn, say, paths.docs) : undefined;
      if (html !== undefined) files.set(paths.docs, html);
    } catch (error) {
      // Nothing else is made of it.
      if (!(error instanceof StepFailed)) throw error;
      notes.push(`Left out: the reference page; ${describe(error)[0]}`);
    }
    notes.push(...remarksIn(remarks));
    const once = new Map([...stubs, ['server/operations/handler.ts', handlerTypes], ['client/index.ts', clientIndex]]);
    return { files, once, orphans, notes, sources };
  } finally {
    abort.abort();
    await Promise.allSettled([ready, drawn, typed].map(({ result }) => result));
  }
}

/** The text of a document that refers to nothing outside of its file. */
function alone(spec: string): string | undefined {
  try {
    const text = readFileSync(spec, 'utf8');
    return /\$ref["']?\s*:\s*(?!["']?#)|externalValue/.test(text) ? undefined : text;
  } catch {
    return undefined; // Reading it says why.
  }
}

/** Says where it comes from. */
const mine = (text: string, spec: string): string =>
  text.replace(
    banner,
    `// Written by \`npm run gen\` from ${spec.replace(/.*[\\/]/, '').replaceAll(/\s/g, ' ')}. Changes made here are lost.\n`,
  );

/** Names of enums in TypeScript, and a line for each that is not the schema's own. */
function enumNames(document: Document) {
  const names = new Names(reserved);
  const schemas = enumsOf(document, String).map(({ name }) => name);
  const notes: string[] = [];
  // Those that can stay come first, that no other takes their name.
  const changed = schemas.filter((schema) => !names.claim(schema));
  const given = new Map(
    changed.map((schema) => {
      const name = names.give(schema);
      notes.push(`The values of the schema ${JSON.stringify(schema)} are called ${name}.`);
      return [schema, name];
    }),
  );
  return { of: (schema: string) => given.get(schema) ?? schema, notes };
}

function remarksIn(remarks: Read['remarks']): string[] {
  const [first] = remarks;
  if (!first) return [];
  const others = remarks.length > 1 ? ` So it is in ${remarks.length - 1} more places.` : '';
  const words = first.message.replaceAll(/\s*\n\s*/g, ' ').replace(/\.?$/, '.');
  // A line and column would take a second to find in a large document.
  return [`${first.pointer}: ${words} That does no harm here.${others}`];
}
