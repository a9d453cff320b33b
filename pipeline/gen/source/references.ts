/** A reference as it was written. */
export interface Written {
  readonly ref: string;
  /** Where in its file, such as `#/paths/~1a`. */
  readonly pointer: string;
}

/** All references of a file. */
export function referencesIn(parsed: unknown): Written[] {
  const found: Written[] = [];
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('$ref' in node && typeof node.$ref === 'string') found.push({ ref: node.$ref, pointer: `${pointer}/$ref` });
    for (const [name, part] of Object.entries(node)) {
      visit(part, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  };
  visit(parsed, '#');
  return found;
}

/** The name that what a reference leads to has where it stands: its last segment, or that of its file. */
export const nameAt = (ref: string): string => ref.replace(/^.*[/#]/, '').replace(/\.\w+$/, '');
