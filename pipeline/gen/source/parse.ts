import { relative } from 'node:path';
import { BaseResolver, type Document as Parsed, Source } from '@redocly/openapi-core';
import { StepFailed } from '../step.ts';
import { outOfBounds } from './bounds.ts';
import { isURL } from './fetchText.ts';
import type { Snapshot } from './snapshot.ts';

/** A file of YAML or JSON with its text, in which places are looked up. `name` is what a person calls it. */
export async function parse(file: string, name: string, snapshot: Snapshot): Promise<Parsed> {
  const document = parseText(file, name, await read(file, name, snapshot));
  const fault = outOfBounds(document.parsed);
  if (fault !== undefined) throw new StepFailed([{ place: `${name}:`, message: fault }]);
  return document;
}

function parseText(file: string, name: string, text: string): Parsed {
  const source = new Source(file, text);
  if (/^\s*\{/.test(text)) {
    try {
      return { source, parsed: JSON.parse(text) };
    } catch {
      // The parser of YAML, which takes JSON too, says where it is broken.
    }
  }
  try {
    return new BaseResolver().parseDocument(source, true);
  } catch (error) {
    const { message, line, col } = error as Error & { line?: number; col?: number };
    const words = message.replace(/^Failed to parse API: /, '').replace(/ in "[^"]*" \(\d+:\d+\)| \(\d+:\d+\)$/g, '');
    throw new StepFailed([{ place: `${name}:${line || 1}:${col || 1}`, message: `It is not YAML: ${words}.` }]);
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'There is no such file.',
  EACCES: 'It may not be read.',
  EISDIR: 'It is a folder, not a file.',
};

async function read(source: string, name: string, snapshot: Snapshot): Promise<string> {
  try {
    return await snapshot.read(source);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new StepFailed([{ place: `${name}:`, message: reasons[code] ?? message }]);
  }
}

/** A path as a person would write it in this folder. */
export function nameOf(file: string, folder: string): string {
  if (isURL(file)) return file;
  const path = relative(folder, file);
  return path.startsWith('..') ? file : path.replaceAll('\\', '/');
}
