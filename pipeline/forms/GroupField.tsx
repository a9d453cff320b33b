import type { ComponentType } from 'react';
import { useForm } from './FormContext.ts';
import { type EditorProps, Help, Name, Problems, useControl } from './fieldParts.tsx';
import { emptyOf, isMembers, withMember } from './input.ts';
import { INPUTS } from './inputs.ts';

interface GroupProps extends EditorProps {
  /** Edits a member. It is handed in, since it edits groups too. */
  readonly Editor: ComponentType<EditorProps>;
}

/** An object or a list. One that is optional is included or left out, which is not the same as empty. */
export function GroupField({ field, value, onChange, Editor }: GroupProps) {
  const { idOf, touch } = useForm();
  const control = useControl(field);
  const included = value !== undefined;
  const include = (on: boolean) => {
    touch(field.pointer);
    onChange(on ? emptyOf(field) : undefined);
  };
  const Input = field.kind === 'object' ? undefined : INPUTS[field.kind];
  return (
    <fieldset
      className={`form-group form-group-${field.kind}`}
      aria-describedby={control['aria-describedby']}
      id={idOf(field.pointer, 'group')}
      tabIndex={-1}
    >
      <legend>
        <Name field={field} />
      </legend>
      <Help field={field} />
      {!field.required && (
        <label className="form-include">
          <input type="checkbox" checked={included} onChange={({ target }) => include(target.checked)} />
          Include <span className="hidden">{field.name}</span>
        </label>
      )}
      {included &&
        (Input ? (
          <Input field={field} value={value} onChange={onChange} control={{ ...control, 'aria-label': field.name }} />
        ) : (
          <Members field={field} value={value} onChange={onChange} Editor={Editor} />
        ))}
      <Problems pointer={field.pointer} />
    </fieldset>
  );
}

function Members({ field, value, onChange, Editor }: GroupProps) {
  const members = isMembers(value) ? value : {};
  const empty = Object.keys(members).length === 0;
  return (
    <div className="form-members">
      {!field.required && (
        <p className="form-help">
          {empty ? (
            <>
              Sent with nothing in it: <code>{'{}'}</code>
            </>
          ) : (
            <button type="button" className="form-quiet" onClick={() => onChange(emptyOf(field))}>
              Empty <span className="hidden">{field.name}</span>
            </button>
          )}
        </p>
      )}
      {field.fields.map((member) => (
        <Editor
          key={member.name}
          field={member}
          value={members[member.name]}
          onChange={(next) => onChange(withMember(members, member.name, next))}
        />
      ))}
    </div>
  );
}
