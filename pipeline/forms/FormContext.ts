import { createContext, useContext } from 'react';

/** State that the fields of a form share. */
export interface FormState {
  /** The id of what belongs to a field, unique on the page. */
  readonly idOf: (pointer: string, part?: string) => string;
  /** The problems of a field, once it is time to show them. */
  readonly problemsAt: (pointer: string) => readonly string[];
  /** A field was left, or set by one click: from now on its problems show. */
  readonly touch: (pointer: string) => void;
  /** A field was changed: the server's problems with it no longer count. */
  readonly edited: (pointer: string) => void;
}

export const FormContext = createContext<FormState | undefined>(undefined);

export function useForm(): FormState {
  const state = useContext(FormContext);
  if (state === undefined) throw new Error('A field stands outside of a form.');
  return state;
}
