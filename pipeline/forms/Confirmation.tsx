import { type Ref, useId } from 'react';

interface Props {
  readonly ref: Ref<HTMLInputElement>;
  /** The member of the input whose value has to be typed again. */
  readonly member: string;
  /** Its value. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether sending was tried, so that a missing or wrong name is a fault. */
  readonly isAsked: boolean;
}

/** Asks for a name before an operation that can't be undone: a stray Enter sends nothing. */
export function Confirmation({ ref, member, name, value, onChange, isAsked }: Props) {
  const id = useId();
  const isWrong = isAsked && value !== name;
  return (
    <div className="form-field form-confirm">
      <label htmlFor={id}>
        {name === ''
          ? `This can't be undone. Enter ${member} above.`
          : `This can't be undone. Type ${name} to confirm.`}
      </label>
      <input
        ref={ref}
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={isWrong || undefined}
        aria-errormessage={isWrong ? `${id}-wrong` : undefined}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
      />
      {isWrong && (
        <p className="form-problem" id={`${id}-wrong`}>
          {value === '' ? `Nothing was sent. Type ${name} first.` : `Nothing was sent. This is not ${name}.`}
        </p>
      )}
    </div>
  );
}
