import { useId, useState } from 'react';
import { Breakable } from './Breakable.tsx';
import { type Row, SECRET } from './difference.ts';
import { Value } from './Value.tsx';

const MARK = { same: '', added: '+', removed: '−', changed: '≠' } as const;

/** Two configurations side by side. A change has a mark and a word beside its colour. */
export function Difference({ rows }: { rows: readonly Row[] }) {
  const title = useId();
  const [isBrief, setBrief] = useState(false);
  const shown = isBrief ? rows.filter(({ change }) => change !== 'same') : rows;
  return (
    <section className="card" aria-labelledby={title}>
      <h2 id={title}>What will change</h2>
      <p role="status" className="strong">
        {countOf(rows)}
      </p>
      <label className="check">
        <input type="checkbox" checked={isBrief} onChange={({ target }) => setBrief(target.checked)} />
        Show only what changes
      </label>
      <DifferenceTable rows={shown} labelledBy={title} />
    </section>
  );
}

interface TableProps {
  readonly rows: readonly Row[];
  readonly labelledBy: string;
  /** Title of the left side. @default Current */
  readonly before?: string;
  /** Title of the right side. @default After the update */
  readonly after?: string;
}

export function DifferenceTable({ rows, labelledBy, before = 'Current', after = 'After the update' }: TableProps) {
  const groups = Map.groupBy(rows, ({ within }) => within);
  return (
    <table className="difference" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      {[...groups].map(([within, of]) => (
        <tbody key={within}>
          {within !== '' && (
            <tr>
              <th colSpan={3} scope="rowgroup" className="within">
                {within}
              </th>
            </tr>
          )}
          {of.map((row) => (
            <Line key={row.name} row={row} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** The number of settings that change, in words. */
export function countOf(rows: readonly Row[]): string {
  const changes = rows.filter(({ change }) => change !== 'same').length;
  if (changes === 0) return 'Nothing so far.';
  return `${changes} ${changes === 1 ? 'setting changes' : 'settings change'}.`;
}

function Line({ row: { name, before, after, change } }: { row: Row }) {
  return (
    <tr className={`is-${change}`}>
      <th scope="row">
        {change !== 'same' && (
          <>
            <span aria-hidden="true" className="mark">
              {MARK[change]}
            </span>
            <span className="badge">{change}</span>{' '}
          </>
        )}
        <Breakable text={name} />
      </th>
      <td>
        <Side value={before} mark={change !== 'same' && 'del'} absent={after === SECRET ? 'not shown' : 'not set'} />
      </td>
      <td>
        <Side value={after} mark={change !== 'same' && 'ins'} absent="not set" />
      </td>
    </tr>
  );
}

/** A setting as it is on one side, marked as gone or new. */
function Side({ value, mark, absent }: { value: unknown; mark: 'del' | 'ins' | false; absent: string }) {
  if (value === undefined) return <span className="muted">{absent}</span>;
  if (mark === false) return <Value value={value} />;
  const Mark = mark;
  return (
    <Mark>
      <Value value={value} />
    </Mark>
  );
}
