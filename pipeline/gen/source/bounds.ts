const MAX_DEPTH = 500; // levels
const MAX_VALUES = 5_000_000; // GitHub's document has 260,000.

/** Why a document is not taken, or undefined: anchors of YAML can make a few lines endless, or as large as nothing holds. */
export function outOfBounds(root: unknown): string | undefined {
  /** How many values each object stands for, and 0 for as long as it is not known. */
  const sizes = new Map<object, number>();
  let fault: string | undefined;
  const sizeOf = (node: unknown, depth: number): number => {
    if (typeof node !== 'object' || node === null || fault !== undefined) return 1;
    const known = sizes.get(node);
    if (known === 0) fault = 'An anchor of YAML stands within itself.';
    if (depth > MAX_DEPTH) fault = `It is nested deeper than ${MAX_DEPTH} levels.`;
    if (known !== undefined || fault !== undefined) return known ?? 1;
    sizes.set(node, 0);
    let size = 1;
    for (const name in node) size += sizeOf((node as Record<string, unknown>)[name], depth + 1);
    sizes.set(node, size);
    if (size > MAX_VALUES) fault ??= `It stands for more than ${MAX_VALUES.toLocaleString('en')} values.`;
    return size;
  };
  sizeOf(root, 0);
  return fault;
}
