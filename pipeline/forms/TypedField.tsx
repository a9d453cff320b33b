import { useState } from 'react';
import type { InputProps } from './fieldParts.tsx';
import { jsonFrom, NotJson, numberFrom } from './input.ts';

interface Typed {
  readonly read: (text: string) => unknown;
  readonly show: (value: unknown) => string;
}

/** Typed text stays as it was typed (`1.0`) as long as it stands for the value. */
function useTyped({ read, show }: Typed, { value, onChange }: InputProps) {
  const [text, setText] = useState(() => show(value));
  const current = show(read(text)) === show(value) ? text : show(value);
  const change = (event: { target: { value: string } }) => {
    setText(event.target.value);
    onChange(read(event.target.value));
  };
  return { value: current, onChange: change };
}

const NUMBER: Typed = { read: numberFrom, show: (value) => (value === undefined ? '' : String(value)) };

export function NumberField(props: InputProps) {
  return <input {...props.control} {...useTyped(NUMBER, props)} type="text" inputMode="decimal" autoComplete="off" />;
}

const LINES: Typed = {
  read: (text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  show: (value) => (Array.isArray(value) ? value.join('\n') : ''),
};

/** A list of texts, one a line. */
export function LinesField(props: InputProps) {
  return <textarea {...props.control} {...useTyped(LINES, props)} rows={3} spellCheck={false} />;
}

const JSON_TEXT: Typed = {
  read: jsonFrom,
  show: (value) => (value instanceof NotJson ? value.text : (JSON.stringify(value, null, 2) ?? '')),
};

export function JsonField(props: InputProps) {
  return (
    <textarea {...props.control} {...useTyped(JSON_TEXT, props)} rows={6} spellCheck={false} className="form-code" />
  );
}
