import type { ComponentType } from 'react';
import { useForm } from './FormContext.ts';
import { type EditorProps, Help, type InputProps, Name, Problems, useControl } from './fieldParts.tsx';
import { GroupField } from './GroupField.tsx';
import { INPUTS } from './inputs.ts';

/** A member of the input with its name, its help and what is wrong with it. */
export function FieldEditor({ field, value, onChange }: EditorProps) {
  const { edited } = useForm();
  const change = (next: unknown) => {
    edited(field.pointer);
    onChange(next);
  };
  // A value that may be present and empty needs a checkbox for whether it is present.
  if (field.kind === 'object' || field.kind === 'choices' || (field.kind === 'lines' && !field.required)) {
    return <GroupField field={field} value={value} onChange={change} Editor={FieldEditor} />;
  }
  return <SingleField field={field} value={value} onChange={change} Input={INPUTS[field.kind]} />;
}

function SingleField({ field, value, onChange, Input }: EditorProps & { readonly Input: ComponentType<InputProps> }) {
  const control = useControl(field);
  return (
    <div className="form-field">
      <label htmlFor={control.id}>
        <Name field={field} />
      </label>
      <Help field={field} />
      <Input field={field} value={value} onChange={onChange} control={control} />
      <Problems pointer={field.pointer} />
    </div>
  );
}
