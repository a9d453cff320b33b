import { useCallback, useEffect, useId } from 'react';

const QUESTION = 'What you entered was not sent. Leave and lose it?';

/** The forms that hold input that was not sent. */
const forms = new Set<string>();

/** Marks this view's form as holding unsent input, or not. */
export function useUnsent(): (isUnsent: boolean) => void {
  const id = useId();
  useEffect(() => () => void forms.delete(id), [id]);
  return useCallback(
    (isUnsent) => {
      if (isUnsent) forms.add(id);
      else forms.delete(id);
    },
    [id],
  );
}

/** Whether to go on to another view: asks where unsent input would be lost. */
export function mayLeave(): boolean {
  if (forms.size > 0 && !confirm(QUESTION)) return false;
  forms.clear();
  return true;
}

// Closing or reloading the page asks in the browser's own words.
addEventListener('beforeunload', (event) => {
  if (forms.size > 0) event.preventDefault();
});
