/**
 * An answer as a table. Its only list of objects becomes rows and columns. Everything else becomes a line for each value,
 * under its path.
 */
export function table(answer: object): string {
  const lists = Object.entries(answer).filter(([, value]) => isListOfObjects(value));
  const [only] = lists;
  if (lists.length !== 1 || only === undefined) return lines(flat(answer));
  const [name, rows] = only as [string, object[]];
  const { [name]: _, ...rest } = answer as Record<string, unknown>;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => text((row as Record<string, unknown>)[column], column)));
  const more = flat(rest);
  return [lines([columns, ...cells]), ...(more.length > 0 ? ['', lines(more)] : [])].join('\n');
}

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && item !== null);

function flat(value: unknown, path = ''): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, text(value, path)]];
  return Object.entries(value).flatMap(([name, member]) => flat(member, path === '' ? name : `${path}.${name}`));
}

/** On one line, whatever it holds. */
function text(value: unknown, name: string): string {
  if (value === undefined) return '';
  if (/Time$/.test(name) && /^\d{12,14}$/.test(String(value))) return localTime(Number(value));
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return oneLine(value.join(', '));
  return oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Milliseconds since 1970 as a person reads them, in the time zone of the machine: 2026-01-31 17:05:09. */
function localTime(ms: number): string {
  const time = new Date(ms);
  const shifted = new Date(ms - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}

// Control characters would move the cursor of a terminal.
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
