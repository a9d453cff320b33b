import type { Filtered } from './filter.ts';
import type { Problem } from './problems.ts';

/** Something that a person should know of a document: what was renamed, left out, or is amiss and does no harm. */
export interface Remark {
  /** `left-out`: the document says something that the products don't do. `filtered`: the configuration leaves it out. */
  readonly kind: 'renamed' | 'left-out' | 'harmless' | 'filtered';
  /** One sentence, without a place. */
  readonly message: string;
  /** The ids of the operations that it is about. */
  readonly operations?: readonly string[];
  /** Where in the document, such as `#/paths/~1things/get`. */
  readonly pointer?: string;
  /** `file:line:column`, looked up when it is read. */
  readonly place?: string;
}

/** The remarks of one run over a document. */
export class Report {
  remarks: Remark[] = [];

  add(remark: Remark): void {
    this.remarks.push(remark);
  }

  leftOut(message: string, more: Omit<Remark, 'kind' | 'message'> = {}): void {
    this.add({ kind: 'left-out', message, ...more });
  }

  /** Says what was filtered out of a document, and nothing else of it: what was found there is of no use. */
  filtered({ operations, components }: Filtered): void {
    const within = operations.map(({ pointer }) => pointer);
    const isGone = ({ pointer }: Remark) => within.some((one) => pointer === one || pointer?.startsWith(`${one}/`));
    this.remarks = this.remarks.filter((remark) => !isGone(remark));
    const ids = operations.map(({ id }) => id);
    const also = components === 0 ? '' : `, and ${components} components that they alone use`;
    const message = `Filtered out: ${ids.length} operations (${listed(ids)})${also}.`;
    this.add({ kind: 'filtered', message: message.replaceAll(/\b1 (operation|component)s/g, '1 $1'), operations: ids });
  }

  /** Faults of a document that change nothing in what is generated. */
  harmless(problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.add({
        kind: 'harmless',
        message: problem.message.replaceAll(/\s*\n\s*/g, ' '),
        ...(problem.pointer && { pointer: problem.pointer }),
        get place() {
          return problem.place;
        },
      } as Remark);
    }
  }

  get leftOuts(): readonly Remark[] {
    return this.remarks.filter(({ kind }) => kind === 'left-out');
  }

  /** In lines for a terminal: one for each feature that is left out, and a summary of everything else. */
  lines(): string[] {
    const leftOut = this.leftOuts.map(({ message, operations, pointer }) => {
      const where = operations?.length ? ` (${listed(operations)})` : pointer ? ` (${pointer})` : '';
      return `Left out: ${message}${where}.`;
    });
    const filtered = this.remarks.filter(({ kind }) => kind === 'filtered').map(({ message }) => message);
    return [...filtered, ...this.#renamings(), ...leftOut, ...this.#harmless()];
  }

  #renamings(): string[] {
    const renamed = this.remarks.filter(({ kind }) => kind === 'renamed');
    if (renamed.length <= SHOWN) return renamed.map(({ message }) => message);
    const shown = renamed.slice(0, EXAMPLES).map(({ message }) => message);
    return [
      ...shown,
      `… and ${renamed.length - EXAMPLES} more names that TypeScript does not take; --report lists them.`,
    ];
  }

  #harmless(): string[] {
    const harmless = this.remarks.filter(({ kind }) => kind === 'harmless');
    const [first] = harmless;
    if (!first) return [];
    const others =
      harmless.length > 1 ? ` There are ${harmless.length - 1} more faults of this kind; --report lists them.` : '';
    // A line and column would take a second to find in a large document.
    return [`${first.pointer}: ${first.message.replace(/\.?$/, '.')} That does no harm here.${others}`];
  }

  /** For other programs. */
  toJSON(): object {
    return { remarks: this.remarks.map((remark) => ({ ...remark })) };
  }
}

const SHOWN = 5;
const EXAMPLES = 3;

const listed = (ids: readonly string[]): string =>
  ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more`;
