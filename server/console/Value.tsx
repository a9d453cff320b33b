/** A value of the configuration, as one reads it. */
export function Value({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="muted">none</span>;
    return (
      <ul className="chips">
        {value.map((item) => (
          <li key={String(item)}>
            <code>{String(item)}</code>
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value;
  return <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>;
}
