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
