import { useForm } from './FormContext.ts';
import type { InputProps } from './fieldParts.tsx';

export function ChoiceField({ field, value, onChange, control }: InputProps) {
  return (
    <select {...control} value={String(value ?? '')} onChange={({ target }) => onChange(target.value || undefined)}>
      <option value="">{field.required ? 'Choose …' : 'Left out'}</option>
      {field.options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}

export function BooleanField({ field, value, onChange, control }: InputProps) {
  const change = ({ target }: { target: { value: string } }) =>
    onChange(target.value === '' ? undefined : target.value === 'true');
  return (
    <select {...control} value={value === undefined ? '' : String(value)} onChange={change}>
      <option value="">{field.required ? 'Choose …' : 'Left out'}</option>
      <option value="true">true</option>
      <option value="false">false</option>
    </select>
  );
}

/** Any number of values, in the order of the schema. */
export function ChoicesField({ field, value, onChange }: InputProps) {
  const { idOf, touch } = useForm();
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (option: string, on: boolean) => {
    touch(field.pointer);
    onChange(field.options.filter((one) => (one === option ? on : chosen.includes(one))));
  };
  return (
    <div className="form-choices">
      {field.options.map((option, index) => (
        <label key={option}>
          <input
            type="checkbox"
            id={index === 0 ? idOf(field.pointer) : undefined}
            checked={chosen.includes(option)}
            onChange={({ target }) => toggle(option, target.checked)}
          />
          {option}
        </label>
      ))}
    </div>
  );
}
