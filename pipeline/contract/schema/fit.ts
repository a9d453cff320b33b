/** Lengths are counted in code points, as JSON Schema does. */
export function fit(text: string, least = 0, most = Number.POSITIVE_INFINITY): string {
  const chars = [...text];
  const missing = least - chars.length;
  return missing > 0 ? text + 'x'.repeat(Math.min(missing, most - chars.length)) : chars.slice(0, most).join('');
}
