import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { CouldNotRun } from '../couldNotRun.ts';
import { isObject } from './json.ts';
import { refuseOthers } from './versions.ts';

type Node = Record<string, unknown>;

/** Where the other files of a document stand in the one that they are gathered in. */
const FILES = 'x-files';

/** Reads an OpenAPI document from a file or a URL, as JSON or YAML, with all files that it refers to. */
export async function loadDocument(source: string | URL): Promise<Node> {
  const location = /^(https?|file):/.test(String(source)) ? new URL(source) : pathToFileURL(resolve(String(source)));
  let document: unknown;
  try {
    document = await read(location);
  } catch (error) {
    throw new CouldNotRun(`The document ${source} can't be read: ${(error as Error).message.split('\n')[0]}`);
  }
  if (!isObject(document)) throw new CouldNotRun(`${source} is not an OpenAPI document: it is no object.`);
  refuseOthers(document, String(source));
  const others = new Map<string, { name: string; content: unknown }>();
  const gathered = (await gather(document, location, '#', others)) as Node;
  if (others.size > 0) {
    gathered[FILES] = Object.fromEntries([...others.values()].map(({ name, content }) => [name, content]));
  }
  return gathered;
}

/** Turns references to other files into references into this document. `base` is where the file at hand stands. */
async function gather(
  node: unknown,
  location: URL,
  base: string,
  others: Map<string, { name: string; content: unknown }>,
): Promise<unknown> {
  if (Array.isArray(node)) return Promise.all(node.map((item) => gather(item, location, base, others)));
  if (!isObject(node)) return node;
  const copy: Node = {};
  for (const [name, member] of Object.entries(node)) {
    const value = name === '$ref' && typeof member === 'string' ? await here(member, location, base, others) : member;
    copy[name] = value === member ? await gather(member, location, base, others) : value;
  }
  if (typeof node.propertyName === 'string' && isObject(node.mapping)) {
    // A discriminator refers to files by texts. Those without a slash or an extension are names of schemas.
    for (const [mark, target] of Object.entries(node.mapping)) {
      if (typeof target !== 'string' || !/\/|#|\.(json|ya?ml)$/.test(target)) continue;
      (copy.mapping as Node)[mark] = await here(target, location, base, others);
    }
  }
  return copy;
}

async function here(
  ref: string,
  location: URL,
  base: string,
  others: Map<string, { name: string; content: unknown }>,
): Promise<string> {
  const [file = '', pointer = ''] = ref.split('#', 2);
  if (file === '') return base === '#' ? ref : `${base}${pointer}`;
  if (!URL.canParse(file, location)) return ref;
  const target = new URL(file, location);
  const known = others.get(target.href);
  if (known !== undefined) return `#/${FILES}/${known.name}${pointer}`;
  const entry = { name: String(others.size), content: undefined as unknown };
  others.set(target.href, entry);
  try {
    entry.content = await gather(await read(target), target, `#/${FILES}/${entry.name}`, others);
  } catch {
    // A file that can't be read is reported as a reference that leads nowhere.
    return ref;
  }
  return `#/${FILES}/${entry.name}${pointer}`;
}

async function read(location: URL): Promise<unknown> {
  const text = location.protocol === 'file:' ? await readFile(location, 'utf8') : await fetched(location);
  return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
}

async function fetched(url: URL): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
