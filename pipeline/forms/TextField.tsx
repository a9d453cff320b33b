import { type ClipboardEvent, useState } from 'react';
import type { InputProps } from './fieldParts.tsx';

/** A text of one line, or of several once it has them. A secret is hidden until it is asked for. */
export function TextField({ field, value, onChange, control }: InputProps) {
  const [shown, setShown] = useState(!field.secret);
  const text = value === undefined ? '' : String(value);
  // Inputs drop line breaks. A private key has them.
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!pasted.trim().includes('\n')) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    onChange(text.slice(0, selectionStart ?? text.length) + pasted + text.slice(selectionEnd ?? text.length));
  };
  const edit = {
    ...control,
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  const input =
    shown && text.includes('\n') ? (
      <textarea {...edit} rows={6} spellCheck={false} />
    ) : (
      <input
        {...edit}
        type={shown ? 'text' : 'password'}
        autoComplete={field.secret ? 'new-password' : 'off'}
        spellCheck={false}
        onPaste={paste}
      />
    );
  if (!field.secret) return input;
  return (
    <span className="form-secret">
      {input}
      <button
        type="button"
        className="form-quiet"
        aria-pressed={shown}
        aria-label={`Show ${field.name}`}
        onClick={() => setShown(!shown)}
      >
        {shown ? 'Hide' : 'Show'}
      </button>
    </span>
  );
}
