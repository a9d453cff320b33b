/** Names that every object inherits: a library that looks a name up in an object finds these where nobody put them. */
const inherited = Object.getOwnPropertyNames(Object.prototype);
const mark = '\u200b';
const plain = new Map(inherited.map((name) => [name, name + mark]));
const marked = new Map(inherited.map((name) => [name + mark, name]));

/** Marks members of a document that are called so (`constructor`), and references to them. Changes what it is given. */
export const hideInherited = (node: unknown): void => rename(node, plain);

/** Takes the marks away again. */
export const showInherited = (node: unknown): void => rename(node, marked);

function rename(root: unknown, names: ReadonlyMap<string, string>): void {
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    const members = node as Record<string, unknown>;
    if (typeof members.$ref === 'string') members.$ref = renamePointer(members.$ref, names);
    const keys = Object.keys(members);
    if (keys.some((key) => names.has(key))) {
      // All are set anew, that they keep their order.
      const values = keys.map((key) => members[key]);
      for (const key of keys) delete members[key];
      keys.forEach((key, index) => {
        const value = values[index];
        const as = { value, enumerable: true, writable: true, configurable: true };
        Object.defineProperty(members, names.get(key) ?? key, as);
      });
    }
    for (const part of Object.values(members)) visit(part);
  };
  visit(root);
}

function renamePointer(ref: string, names: ReadonlyMap<string, string>): string {
  const [file, pointer] = ref.split('#', 2);
  if (pointer === undefined) return ref;
  const segments = pointer.split('/').map((segment) => names.get(segment) ?? segment);
  return `${file}#${segments.join('/')}`;
}
