import type { Import } from './imports.ts';

/** The groups of files that import each other in a circle, types included (Tarjan's strongly connected components). */
export function circles(imports: ReadonlyMap<string, readonly Import[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    path.push(file);
    for (const { of } of imports.get(file) ?? []) {
      if (!imports.has(of)) continue;
      if (!order.has(of)) visit(of);
      else if (!path.includes(of)) continue;
      lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(of) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = path.splice(path.indexOf(file));
    const isCircle = group.length > 1 || (imports.get(file) ?? []).some(({ of }) => of === file);
    if (isCircle) found.push(group.sort());
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}
