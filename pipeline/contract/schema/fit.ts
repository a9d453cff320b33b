/** Lengths are counted in code points, as JSON Schema does. */
export function fit(text: string, least = 0, most = Number.POSITIVE_INFINITY): string {
  const chars = [...text];
  // A document may ask for more than it allows.
  const missing = Math.min(least, most) - chars.length;
  return missing > 0 ? text + 'x'.repeat(missing) : chars.slice(0, most).join('');
}
