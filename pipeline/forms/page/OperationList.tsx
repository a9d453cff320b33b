import { useDeferredValue, useMemo, useState } from 'react';
import type { Operation } from '../../document/operations.ts';

interface Props {
  readonly operations: readonly Operation[];
  readonly chosen: string | undefined;
}

/** The operations by tag, with a filter for those of large documents. */
export function OperationList({ operations, chosen }: Props) {
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter);
  const groups = useMemo(() => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const found = operations.filter(({ id, method, path, object }) => {
      const text = `${id} ${method} ${path} ${object.summary ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return [...Map.groupBy(found, ({ object }) => object.tags?.[0] ?? 'Operations')];
  }, [operations, wanted]);
  return (
    <nav aria-label="Operations">
      <input
        type="search"
        aria-label="Filter operations"
        placeholder="Filter operations"
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
      />
      {groups.length === 0 && <p className="form-help">No operation has these words.</p>}
      {groups.map(([tag, of]) => (
        <section key={tag}>
          <h2>{tag}</h2>
          <ul>
            {of.map(({ id, method, path }) => (
              <li key={id}>
                <a href={`#${encodeURIComponent(id)}`} aria-current={id === chosen ? 'page' : undefined}>
                  {id}
                  <span className="route">
                    {method} {path}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
