import { Fragment } from 'react';

/** A long name or path that may be broken where one of its words ends. */
export function Breakable({ text }: { text: string }) {
  const parts = text.split(/(?<=\/)|(?<=[a-z])(?=[A-Z])/);
  return parts.map((part, place) => (
    <Fragment key={`${place} ${part}`}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
