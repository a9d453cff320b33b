import type { Operation } from './document.ts';
import { allFields, type Field } from './fields.ts';
import type { Problem } from './validation.ts';

/** Problems by the pointer of the field that shows them, and the sentences that have no field. */
export interface Placed {
  readonly at: ReadonlyMap<string, readonly string[]>;
  readonly elsewhere: readonly string[];
}

/** Brings each problem to its field, or to the nearest one that it is within. */
export function place(fields: readonly Field[], problems: readonly Problem[]): Placed {
  const pointers = new Set(allFields(fields).map(({ pointer }) => pointer));
  const at = new Map<string, string[]>();
  const elsewhere: string[] = [];
  for (const { pointer, message } of problems) {
    let within = pointer;
    while (within !== '' && !pointers.has(within)) within = within.slice(0, within.lastIndexOf('/'));
    if (within === '') {
      elsewhere.push(pointer === '' ? message : `${pointer} ${message}`);
      continue;
    }
    const sentence = within === pointer ? message : `${inner(pointer.slice(within.length + 1))} ${message}`;
    const there = at.get(within) ?? [];
    if (!there.includes(sentence)) at.set(within, [...there, sentence]);
  }
  return { at, elsewhere };
}

/** The lines of a server's message: those that start with a place, such as `/body/resourceName is required`. */
export function problemsOf(message: string, operation: Pick<Operation, 'body' | 'bodyName'>): readonly Problem[] {
  return message
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, root, pointer = '', words] =
        /^\/(body|query|path|params|headers?)((?:\/[^/\s]+)*) (.+)$/.exec(line) ?? [];
      if (root === undefined || words === undefined) return { pointer: '', message: line };
      return {
        pointer: root === 'body' && operation.body === 'value' ? `/${operation.bodyName}${pointer}` : pointer,
        message: words,
      };
    });
}

/** Lists are counted from 1 where people read it. */
function inner(rest: string): string {
  return /^\d+$/.test(rest) ? `Value ${Number(rest) + 1}` : rest.replaceAll('/', '.');
}
