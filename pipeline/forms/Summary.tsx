import type { Ref } from 'react';
import { useForm } from './FormContext.ts';
import type { Field } from './fields.ts';

interface Props {
  readonly ref: Ref<HTMLElement>;
  readonly problems: readonly { readonly field: Field; readonly problems: readonly string[] }[];
  readonly elsewhere: readonly string[];
}

/** All that is wrong, each with a way to its field. */
export function Summary({ ref, problems, elsewhere }: Props) {
  const { idOf } = useForm();
  if (problems.length === 0 && elsewhere.length === 0) return null;
  const go = (pointer: string) => {
    const found = document.getElementById(idOf(pointer)) ?? document.getElementById(idOf(pointer, 'group'));
    found?.focus();
  };
  return (
    <section className="form-summary" ref={ref} tabIndex={-1} aria-label="What to correct">
      <strong>To correct:</strong>
      <ul>
        {problems.map(({ field: { pointer }, problems }) => (
          <li key={pointer}>
            {/* The page's own address may hold its place: a jump must not change it. */}
            <a
              href={`#${idOf(pointer)}`}
              onClick={(event) => {
                event.preventDefault();
                go(pointer);
              }}
            >
              {pointer.slice(1).replaceAll('/', '.')}
            </a>{' '}
            {problems.join(', ')}
          </li>
        ))}
        {elsewhere.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
