/**
 * The text of a JSON body in pieces, for one that is too large to be made as a whole: a handler answers it in place of
 * the value. It is sent no faster than the caller takes it, and is not checked. Where the caller goes away, or the answer is
 * not sent after all, the iterator's `return` is called.
 */
export class JsonText<Value = unknown> implements AsyncIterable<string> {
  /** Only the compiler knows it. */
  declare readonly value: Value;
  readonly #pieces: AsyncIterator<string>;

  /** @param pieces What is open when it is handed over, such as a cursor, has to be closed by its `return`. */
  constructor(pieces: AsyncIterator<string>) {
    this.#pieces = pieces;
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return this.#pieces;
  }
}
