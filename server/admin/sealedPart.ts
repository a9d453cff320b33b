import { type Providers, SEALED } from './stateFile.ts';

/** The decrypted content of a file's encrypted part. */
interface Values {
  readonly providers: Iterator<Providers>;
  readonly notes: Iterator<string[]>;
}

/** Reads the encrypted part of a file, a value at a time: one that this version wrote has each in a line of its own. */
export class SealedPart {
  readonly #values: Values;

  constructor(text: Buffer) {
    this.#values = text.subarray(0, SEALED.providers.length + 1).equals(BEGIN) ? inLines(text) : atOnce(text);
  }

  nextProviders(): Providers | undefined {
    return this.#values.providers.next().value;
  }

  nextNotes(): string[] | undefined {
    return this.#values.notes.next().value;
  }
}

const BEGIN = Buffer.from(`${SEALED.providers}\n`);
const NOTES = Buffer.from(`\n${SEALED.notes}`);

function inLines(text: Buffer): Values {
  const notes = text.lastIndexOf(NOTES);
  return {
    providers: valuesIn<Providers>(text.subarray(BEGIN.length - 1, notes)),
    notes: valuesIn<string[]>(text.subarray(notes + NOTES.length, text.length - SEALED.end.length - 1)),
  };
}

/** The values of lines, each after a line end and before a comma. */
function* valuesIn<Value>(lines: Buffer): Generator<Value, undefined> {
  for (let start = 0; start < lines.length; ) {
    const next = lines.indexOf('\n', start + 1);
    const end = next < 0 ? lines.length : next;
    yield JSON.parse(lines.toString('utf8', start + 1, end).replace(/,$/, ''));
    start = end;
  }
  return undefined;
}

/** As earlier versions wrote it; the first form is of providers alone. */
function atOnce(text: Buffer): Values {
  const all: { providers: Providers[]; notes: string[][] } | Providers[] = JSON.parse(text.toString());
  const { providers, notes } = Array.isArray(all) ? { providers: all, notes: [] } : all;
  return { providers: providers.values(), notes: notes.values() };
}
