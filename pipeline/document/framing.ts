/** Headers that say how the bytes of an answer are sent. The server sets them, and no handler can know them. */
export const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of which HTTP makes a request or a connection: fetch sets them itself, or refuses to send them. In lower case. */
export const REQUEST_FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
