import { pointerTo } from '../../document/references.ts';
import { MAX_DEPTH } from './depth.ts';
import { malformed, parse, tooDeep } from './json.ts';

/** Some items of a list, by where their text stands in the body. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** How many items came before it. */
  readonly first: number;
  readonly count: number;
}

export interface FoundLists {
  /** The text of everything else: each list is empty in it. */
  readonly head: Uint8Array;
  /** By the list's pointer, such as `/state/jobs`. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
}

const SPAN = 64 * 1024; // bytes
const ITEMS = 200;
/** Bytes that are looked at in one go: about a millisecond. */
const TURN = 512 * 1024;

const [QUOTE, BACKSLASH, COMMA, OBJECT, OBJECT_END, LIST, LIST_END] = [0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Finds where the items of lists stand in the text of a JSON value, without making values of them. What it finds is not
 * checked: whoever parses a span or the head learns whether it is JSON. Yields where others may have a turn.
 */
export function* findLists(body: Buffer, pointers: readonly string[]): Generator<void, FoundLists> {
  const scan = new Scan(body, pointers);
  for (let at = 0; at < body.length; ) {
    at = scan.until(at, Math.min(body.length, at + TURN));
    yield;
  }
  return scan.found();
}

class Scan {
  readonly #body: Buffer;
  readonly #pointers: readonly string[];
  readonly #spans = new Map<string, Span[]>();
  readonly #head: Uint8Array[] = [];
  /** The objects and lists that are open: the byte that began each, and the name of what comes next in it. */
  readonly #open: number[] = [];
  readonly #places: string[] = [];
  #headFrom = 0;
  #isKey = false;
  /** The list that is being read, and how deep it stands. */
  #list: Span[] | undefined;
  #listDepth = 0;
  #spanFrom = 0;
  #items = 0;
  #before = 0;

  constructor(body: Buffer, pointers: readonly string[]) {
    this.#body = body;
    this.#pointers = pointers;
  }

  /** Answers where to go on: the end, or behind a text that began before it. */
  until(start: number, end: number): number {
    let at = start;
    while (at < end) {
      const byte = this.#body[at];
      if (byte === QUOTE) {
        at = this.#text(at);
        continue;
      }
      if (byte === OBJECT || byte === LIST) this.#begin(byte, at);
      else if (byte === OBJECT_END || byte === LIST_END) this.#end(byte, at);
      else if (byte === COMMA) this.#comma(at);
      at += 1;
    }
    return at;
  }

  found(): FoundLists {
    if (this.#open.length > 0) throw malformed();
    this.#head.push(this.#body.subarray(this.#headFrom));
    return { head: Buffer.concat(this.#head), spans: this.#spans };
  }

  /** Answers where the text ends that begins here. The name of a member is kept. */
  #text(start: number): number {
    let end = start;
    for (let isEscaped = true; isEscaped; ) {
      end = this.#body.indexOf(QUOTE, end + 1);
      if (end < 0) throw malformed();
      let slashes = 0;
      while (this.#body[end - 1 - slashes] === BACKSLASH) slashes += 1;
      isEscaped = slashes % 2 === 1;
    }
    if (this.#isKey && this.#list === undefined) {
      this.#places[this.#places.length - 1] = String(parse(this.#body.toString('utf8', start, end + 1)));
    }
    this.#isKey = false;
    return end + 1;
  }

  #begin(byte: number, at: number): void {
    if (this.#open.length >= MAX_DEPTH) throw tooDeep();
    if (byte === LIST && this.#list === undefined) this.#beginList(pointerTo('', ...this.#places), at);
    this.#open.push(byte);
    this.#places.push('-');
    this.#isKey = byte === OBJECT;
  }

  #beginList(pointer: string, at: number): void {
    if (!this.#pointers.includes(pointer)) return;
    this.#list = [];
    // As with any member that is there twice, the last one counts.
    this.#spans.set(pointer, this.#list);
    this.#listDepth = this.#open.length + 1;
    this.#head.push(this.#body.subarray(this.#headFrom, at + 1));
    this.#spanFrom = at + 1;
    this.#items = 0;
    this.#before = 0;
  }

  #end(byte: number, at: number): void {
    if (this.#list !== undefined && this.#open.length === this.#listDepth) {
      const isEmpty = this.#before + this.#items === 0 && isBlank(this.#body.subarray(this.#spanFrom, at));
      if (!isEmpty) this.#close(at);
      this.#list = undefined;
      this.#headFrom = at;
    }
    if (this.#open.pop() !== (byte === OBJECT_END ? OBJECT : LIST)) throw malformed();
    this.#places.pop();
    this.#isKey = false;
  }

  #comma(at: number): void {
    this.#isKey = this.#open.at(-1) === OBJECT;
    if (this.#list === undefined || this.#open.length !== this.#listDepth) return;
    if (at - this.#spanFrom >= SPAN || this.#items + 1 >= ITEMS) this.#close(at);
    else this.#items += 1;
  }

  #close(end: number): void {
    const count = this.#items + 1;
    this.#list?.push({ start: this.#spanFrom, end, first: this.#before, count });
    this.#before += count;
    this.#items = 0;
    this.#spanFrom = end + 1;
  }
}

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte <= 0x20);
