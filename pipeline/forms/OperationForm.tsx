import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Outcome } from '../../server/console/outcome.ts';
import { Answer } from './Answer.tsx';
import { type OpenApiDocument, operationOf } from './document.ts';
import { FieldEditor } from './FieldEditor.tsx';
import { FormContext } from './FormContext.ts';
import { allFields, fieldsOf } from './fields.ts';
import './forms.css';
import { inputOf, startOf, withMember } from './input.ts';
import { place, problemsOf } from './placement.ts';
import { RequestTabs } from './RequestTabs.tsx';
import { requestTexts } from './requests.ts';
import { Summary } from './Summary.tsx';
import { createValidation, type Problem } from './validation.ts';

interface Props {
  readonly document: OpenApiDocument;
  readonly operationId: string;
  /** Sends the flat input, in wire names. What it rejects with is shown by its message. */
  readonly call: (operationId: string, input: Record<string, unknown>) => Promise<Outcome>;
  /** What the form starts with. Read once: another `key` starts anew. */
  readonly initial?: object;
  /** Called with the first input, and with each one that came of a change. */
  readonly onInput?: (input: object) => void;
  /** Where the requests to copy go. */
  readonly baseUrl: string;
  /** Whether the server wants requests signed. */
  readonly signed: boolean;
}

/** The form of an operation, made from its schema; its request to copy; and its answer. */
export default function OperationForm(props: Props) {
  // Nothing of one operation's form is another's.
  return <Form key={props.operationId} {...props} />;
}

function Form({ document, operationId, call, initial, onInput, baseUrl, signed }: Props) {
  const { operation, fields, validate } = useMemo(() => {
    const operation = operationOf(document, operationId);
    const fields = fieldsOf(document, operation);
    return { operation, fields, validate: createValidation(document, operation, fields) };
  }, [document, operationId]);

  const [value, setValue] = useState(() => startOf(fields, initial));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  const [outcome, setOutcome] = useState<Outcome>();
  const [sending, setSending] = useState(false);
  const prefix = useId();
  const heading = useRef<HTMLElement>(null);
  const answered = useRef<HTMLDivElement>(null);

  const input = useMemo(() => inputOf(fields, value), [fields, value]);
  const tell = useRef(onInput);
  tell.current = onInput;
  useEffect(() => {
    tell.current?.(input);
  }, [input]);

  const own = useMemo(() => place(fields, validate(value)), [fields, validate, value]);
  const theirs = useMemo(() => place(fields, refused), [fields, refused]);
  const problemsAt = (pointer: string): readonly string[] => [
    ...new Set([
      ...(submitted || touched.has(pointer) ? (own.at.get(pointer) ?? []) : []),
      ...(theirs.at.get(pointer) ?? []),
    ]),
  ];
  const idOf = (pointer: string, part = 'input') => `${prefix}${encodeURIComponent(pointer)}-${part}`;
  const edited = (pointer: string) =>
    setRefused((all) => all.filter((one) => one.pointer !== pointer && !one.pointer.startsWith(`${pointer}/`)));
  const touch = (pointer: string) => setTouched((all) => (all.has(pointer) ? all : new Set([...all, pointer])));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setSubmitted(true);
    setOutcome(undefined);
    setRefused([]);
    if (own.at.size > 0 || own.elsewhere.length > 0) {
      // Once the summary is there.
      requestAnimationFrame(() => heading.current?.focus());
      return;
    }
    setSending(true);
    const answer = await call(operationId, input).catch(
      (cause: unknown): Outcome => ({ ok: false, message: cause instanceof Error ? cause.message : String(cause) }),
    );
    setSending(false);
    setOutcome(answer);
    const found =
      answer.ok || answer.status !== 400
        ? []
        : problemsOf(answer.message, operation.body).filter(({ pointer }) => pointer !== '');
    setRefused(found);
    requestAnimationFrame(() => {
      if (place(fields, found).at.size > 0) heading.current?.focus();
      else answered.current?.scrollIntoView({ block: 'nearest' });
    });
  };

  const summed = allFields(fields)
    .filter(({ pointer }) => problemsAt(pointer).length > 0)
    .map((field) => ({ field, problems: problemsAt(field.pointer) }));
  const texts = requestTexts(operation, fields, input, { baseUrl, signed });

  return (
    <FormContext value={{ idOf, problemsAt, touch, edited }}>
      <form className="form" noValidate autoComplete="off" onSubmit={submit} aria-label={operationId}>
        {operation.deprecated && <p className="form-tag form-deprecated">This operation is deprecated.</p>}
        {(submitted || refused.length > 0) && (
          <Summary ref={heading} problems={summed} elsewhere={submitted ? own.elsewhere : []} />
        )}
        {fields.length === 0 && <p className="form-help">The operation takes no input.</p>}
        {fields.map((field) => (
          <FieldEditor
            key={field.name}
            field={field}
            value={value[field.name]}
            onChange={(next) => setValue((all) => withMember(all, field.name, next))}
          />
        ))}
        <p>
          <button type="submit" className="form-send" aria-disabled={sending || undefined}>
            {sending ? 'Sending …' : operation.summary || operationId}
          </button>
        </p>
      </form>
      <p role="status" className="hidden">
        {outcome &&
          (outcome.ok ? `Answered with status ${outcome.status}.` : `${outcome.type ?? 'Failed'}: ${outcome.message}`)}
      </p>
      <div ref={answered}>{outcome && <Answer outcome={outcome} />}</div>
      <section aria-label="The request to copy">
        <h2>The request</h2>
        <RequestTabs texts={texts} />
      </section>
    </FormContext>
  );
}
