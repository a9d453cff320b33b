/** A result of the benchmark: a Markdown table for people, the numbers of each round for programs. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below the table. */
  readonly notes?: readonly string[];
  readonly data: unknown;
}

export function markdown({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, at) => Math.max(3, column.length, ...rows.map((row) => cell(row[at]).length)));
  const line = (cells: readonly (string | undefined)[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? cell(cells[at]).padEnd(width) : cell(cells[at]).padStart(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ...notes.flatMap((note) => ['', note]), ''].join(
    '\n',
  );
}

const cell = (text = ''): string => text.replaceAll('|', '\\|');

/** A figure with as many digits as say something: 12,345 · 123 · 12.3 · 0.12. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const percent = (share: number): string => (Number.isFinite(share) ? `${Math.round(share * 100)} %` : '–');

export interface Goal {
  readonly at: 'least' | 'most';
  readonly value: number;
  readonly unit?: string;
}

export const least = (value: number, unit = ''): Goal => ({ at: 'least', value, unit });
export const most = (value: number, unit = ''): Goal => ({ at: 'most', value, unit });

/** Two cells: the goal and whether the figure reaches it. */
export function judged(found: number, goal: Goal | undefined): [string, string] {
  if (goal === undefined) return ['', ''];
  const text = `${goal.at === 'least' ? '≥' : '≤'} ${goal.value.toLocaleString('en-US')}${goal.unit ? ` ${goal.unit}` : ''}`;
  if (Number.isNaN(found)) return [text, 'not measured'];
  return [text, (goal.at === 'least' ? found >= goal.value : found <= goal.value) ? 'met' : '**missed**'];
}
