import { useForm } from './FormContext.ts';
import type { Field } from './fields.ts';

/** The attributes of a field's input element. */
interface Control {
  readonly id: string;
  /** Where no label names it. */
  readonly 'aria-label'?: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-errormessage': string | undefined;
  readonly 'aria-required': boolean | undefined;
  readonly onBlur: () => void;
}

export interface InputProps {
  readonly field: Field;
  readonly value: unknown;
  /** Undefined leaves the member out. */
  readonly onChange: (value: unknown) => void;
  readonly control: Control;
}

export type EditorProps = Omit<InputProps, 'control'>;

export function useControl({ pointer, description, kind, required }: Field): Control {
  const { idOf, problemsAt, touch } = useForm();
  const wrong = problemsAt(pointer).length > 0;
  const described = [
    (description || kind === 'lines' || kind === 'json') && idOf(pointer, 'help'),
    // Also here: not every screen reader reads an error message by the attribute that is for it.
    wrong && idOf(pointer, 'problems'),
  ].filter(Boolean);
  return {
    id: idOf(pointer),
    'aria-describedby': described.join(' ') || undefined,
    'aria-invalid': wrong || undefined,
    'aria-errormessage': wrong ? idOf(pointer, 'problems') : undefined,
    'aria-required': required || undefined,
    onBlur: () => touch(pointer),
  };
}

export function Name({ field }: { readonly field: Field }) {
  return (
    <>
      <span className="form-name">{field.name}</span>
      {field.required && <span className="form-tag"> required</span>}
      {field.deprecated && <span className="form-tag form-deprecated"> deprecated</span>}
    </>
  );
}

export function Help({ field }: { readonly field: Field }) {
  const { idOf } = useForm();
  const form = field.kind === 'lines' ? ' One a line.' : field.kind === 'json' ? ' As JSON.' : '';
  if (!field.description && !form) return null;
  return (
    <p className="form-help" id={idOf(field.pointer, 'help')}>
      {field.description.split('`').map((part, index) =>
        // Every second one stood between backticks.
        index % 2 === 1 ? <code key={index}>{part}</code> : part,
      )}
      {form}
    </p>
  );
}

export function Problems({ pointer }: { readonly pointer: string }) {
  const { idOf, problemsAt } = useForm();
  const problems = problemsAt(pointer);
  if (problems.length === 0) return null;
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  return (
    <p className="form-problem" id={idOf(pointer, 'problems')}>
      {problems.map((problem) => (/^[A-Z]/.test(problem) ? problem : `${name} ${problem}`)).join('. ')}.
    </p>
  );
}
