/**
 * An answer as a table: a list of objects that is all it holds, besides what is no object, in rows and columns; anything else
 * as a line for each value, under its path.
 */
export function table(answer: object): string {
  const lists = Object.entries(answer).filter(([, value]) => isListOfObjects(value));
  const [only] = lists;
  if (lists.length !== 1 || only === undefined) return lines(flat(answer));
  const [name, rows] = only as [string, object[]];
  const { [name]: _, ...rest } = answer as Record<string, unknown>;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => text((row as Record<string, unknown>)[column])));
  const more = flat(rest);
  return [lines([columns, ...cells]), ...(more.length > 0 ? ['', lines(more)] : [])].join('\n');
}

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && item !== null);

function flat(value: unknown, path = ''): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, text(value)]];
  return Object.entries(value).flatMap(([name, member]) => flat(member, path === '' ? name : `${path}.${name}`));
}

/** On one line, whatever it holds. */
function text(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return oneLine(value.join(', '));
  return oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

// Also what would move the cursor of a terminal.
const oneLine = (value: string): string => value.replaceAll(/\p{Cc}+/gu, ' ');

function lines(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
