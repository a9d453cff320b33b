/** Deeper than any body of a sane API; what walks a body may call itself this often. */
export const MAX_DEPTH = 64;

/** Whether a parsed JSON value is nested deeper than allowed. Walks without calling itself: the value may be hostile. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue;
      if (depth >= MAX_DEPTH) return true;
      for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
  return false;
}
