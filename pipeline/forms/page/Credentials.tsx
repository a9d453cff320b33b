import { useId } from 'react';
import type { Credentials as Given, Scheme } from './credentials.ts';

interface Props {
  readonly schemes: readonly Scheme[];
  readonly given: Given;
  readonly onChange: (given: Given) => void;
}

/** A field for each security scheme. What is typed stays in the memory of the page. */
export function Credentials({ schemes, given, onChange }: Props) {
  const id = useId();
  if (schemes.length === 0) return null;
  return (
    <details className="credentials">
      <summary>Credentials</summary>
      <p className="form-help">They stay in the memory of this page, and are gone when it is closed.</p>
      {schemes.map(({ name, scheme, isBasic }) => (
        <div className="form-field" key={name}>
          <label htmlFor={`${id}-${name}`}>
            <span className="form-name">{name}</span> <span className="form-tag">{about(scheme.type, isBasic)}</span>
          </label>
          <input
            id={`${id}-${name}`}
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={given[name] ?? ''}
            onChange={({ target }) => onChange({ ...given, [name]: target.value })}
          />
        </div>
      ))}
    </details>
  );
}

function about(type: string, isBasic: boolean): string {
  if (isBasic) return 'name:password';
  return type === 'apiKey' ? 'key' : 'token';
}
