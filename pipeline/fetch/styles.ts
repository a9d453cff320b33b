import { encodeCookie } from '../document/cookieStyles.ts';
import { encodeForm } from '../document/formBody.ts';
import { encodeHeader } from '../document/headerStyles.ts';
import type { Parameter } from '../document/operations.ts';
import { encodePath } from '../document/pathStyles.ts';
import { encodeText } from '../document/percent.ts';
import { encodeQuery } from '../document/query.ts';

/** The parts of a parameter that say how it is written. */
export type Styled = Pick<Parameter, 'name' | 'style' | 'explode'> &
  Partial<Pick<Parameter, 'allowReserved'>> & {
    readonly content?: { readonly kind: 'json' | 'form' | 'text' };
  };

/** Writes a parameter of the query. */
export const queryStyle = (parameter: Styled) => (value: unknown) => encodeQuery(parameter as Parameter, value);
/** Writes a header. */
export const headerStyle = (parameter: Styled) => (value: unknown) => encodeHeader(parameter as Parameter, value);
/** Writes a part of the header Cookie. */
export const cookieStyle = (parameter: Styled) => (value: unknown) => encodeCookie(parameter as Parameter, value);
/** Writes a segment of the path. */
export const pathStyle = (parameter: Styled) => (value: unknown) => {
  const text = encodePath(parameter as Parameter, value);
  if (['', '.', '..'].includes(text)) {
    throw new TypeError(`Path parameter ${parameter.name} can't be ${JSON.stringify(value)}`);
  }
  return text;
};
/** Writes the whole query as one value. */
export const queryString = (kind: 'json' | 'form' | 'text') => (value: unknown) =>
  kind === 'form' ? encodeForm({}, value) : encodeText(kind === 'json' ? JSON.stringify(value) : `${value}`);
