/** A sentence of the document; what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  const parts = text.split('`');
  // Every second part stands between two backticks; its place in the text is what tells it from the others.
  return parts.map((part, place) => (place % 2 === 1 ? <code key={`${place} ${part}`}>{part}</code> : part));
}
