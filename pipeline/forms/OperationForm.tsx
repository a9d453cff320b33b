import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Answer } from './Answer.tsx';
import { Confirmation } from './Confirmation.tsx';
import { type OpenApiDocument, operationOf } from './document.ts';
import { FieldEditor } from './FieldEditor.tsx';
import { FormContext } from './FormContext.ts';
import { allFields, fieldsOf } from './fields.ts';
import './forms.css';
import { inputOf, startOf, withMember } from './input.ts';
import type { Outcome } from './outcome.ts';
import { place, problemsOf } from './placement.ts';
import { RequestTabs } from './RequestTabs.tsx';
import { type RequestWriter, requestTexts, type Target } from './requests.ts';
import { Summary } from './Summary.tsx';
import { createValidation, type Problem } from './validation.ts';

type Input = Record<string, unknown>;

interface Props {
  readonly document: OpenApiDocument;
  readonly operationId: string;
  /** Sends the flat input, in wire names. A rejection is shown by its message. */
  readonly call: (operationId: string, input: Input) => Promise<Outcome>;
  /** Values that the form starts with. Read once: another `key` starts anew. @default none */
  readonly initial?: object;
  /** Members of the input that the page has settled: sent, but not shown as fields. @default none */
  readonly fixed?: Readonly<Input>;
  /** Reduces the form's input to the part that is sent. @default the whole input */
  readonly reduce?: (input: Input) => Input;
  /** Called with the first input, and with each one that follows from a change. */
  readonly onInput?: (input: Input) => void;
  /** Called when the form begins or ceases to hold input that was not sent. */
  readonly onUnsent?: (isUnsent: boolean) => void;
  /** The server that copied requests go to. */
  readonly target: Target;
  /** Further forms of the request to copy. @default none */
  readonly writers?: readonly RequestWriter[];
}

/** The form of an operation, made from its schema; the request to copy; and the answer. */
export default function OperationForm(props: Props) {
  // Nothing of one operation's form is another's.
  return <Form key={props.operationId} {...props} />;
}

const asIs = (input: Input): Input => input;

function Form(props: Props) {
  const { document, operationId, call, initial, fixed, reduce = asIs, onInput, onUnsent, target, writers } = props;
  const { operation, fields, validate } = useMemo(() => {
    const operation = operationOf(document, operationId);
    const fields = fieldsOf(document, operation);
    return { operation, fields, validate: createValidation(document, operation, fields) };
  }, [document, operationId]);

  const [value, setValue] = useState(() => startOf(fields, { ...initial, ...fixed }));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  const [outcome, setOutcome] = useState<Outcome>();
  const [sending, setSending] = useState(false);
  const [confirmed, setConfirmed] = useState('');
  const prefix = useId();
  const heading = useRef<HTMLElement>(null);
  const answered = useRef<HTMLDivElement>(null);
  const confirmation = useRef<HTMLInputElement>(null);

  const input = useMemo(() => inputOf(fields, value), [fields, value]);
  const sent = useMemo(() => reduce(input), [reduce, input]);
  const [saved, setSaved] = useState(input);
  const isUnsent = JSON.stringify(input) !== JSON.stringify(saved);
  const tell = useRef({ onInput, onUnsent });
  tell.current = { onInput, onUnsent };
  useEffect(() => tell.current.onInput?.(input), [input]);
  useEffect(() => {
    tell.current.onUnsent?.(isUnsent);
    return () => tell.current.onUnsent?.(false);
  }, [isUnsent]);

  // Each attempt that ends in a problem moves the focus, after the page shows the problem.
  const [attention, setAttention] = useState<{ readonly to: 'summary' | 'confirmation' | 'answer' }>();
  useEffect(() => {
    if (attention?.to === 'summary') heading.current?.focus();
    if (attention?.to === 'confirmation') confirmation.current?.focus();
    if (attention?.to === 'answer') answered.current?.scrollIntoView({ block: 'nearest' });
  }, [attention]);

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
  const nameToType = operation.confirm === undefined ? undefined : String(input[operation.confirm] ?? '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setSubmitted(true);
    setOutcome(undefined);
    setRefused([]);
    if (own.at.size > 0 || own.elsewhere.length > 0) return setAttention({ to: 'summary' });
    if (nameToType !== undefined && confirmed !== nameToType) return setAttention({ to: 'confirmation' });
    setSending(true);
    const answer = await call(operationId, sent).catch(
      (cause: unknown): Outcome => ({ ok: false, message: cause instanceof Error ? cause.message : String(cause) }),
    );
    setSending(false);
    setConfirmed('');
    setOutcome(answer);
    if (answer.ok) setSaved(input);
    const found =
      answer.ok || answer.status !== 400
        ? []
        : problemsOf(answer.message, operation).filter(({ pointer }) => pointer !== '');
    setRefused(found);
    setAttention({ to: place(fields, found).at.size > 0 ? 'summary' : 'answer' });
  };

  const summed = allFields(fields)
    .filter(({ pointer }) => problemsAt(pointer).length > 0)
    .map((field) => ({ field, problems: problemsAt(field.pointer) }));
  const texts = requestTexts(operation, fields, sent, target, writers);
  const shown = fields.filter(({ name }) => fixed === undefined || !(name in fixed));

  return (
    <FormContext value={{ idOf, problemsAt, touch, edited }}>
      <form className="form" noValidate autoComplete="off" onSubmit={submit} aria-label={operationId}>
        {operation.deprecated && <p className="form-tag form-deprecated">This operation is deprecated.</p>}
        {(submitted || refused.length > 0) && (
          <Summary ref={heading} problems={summed} elsewhere={submitted ? own.elsewhere : []} />
        )}
        {fields.length === 0 && <p className="form-help">The operation takes no input.</p>}
        {shown.map((field) => (
          <FieldEditor
            key={field.name}
            field={field}
            value={value[field.name]}
            onChange={(next) => setValue((all) => withMember(all, field.name, next))}
          />
        ))}
        {operation.confirm !== undefined && (
          <Confirmation
            ref={confirmation}
            member={operation.confirm}
            name={nameToType ?? ''}
            value={confirmed}
            onChange={setConfirmed}
            isAsked={submitted && own.at.size === 0}
          />
        )}
        <p>
          <button
            type="submit"
            className={operation.confirm === undefined ? 'form-send' : 'form-send form-destroy'}
            aria-disabled={sending || undefined}
          >
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
