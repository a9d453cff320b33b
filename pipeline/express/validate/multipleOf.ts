import { isMultiple } from '../../document/numbers.ts';

/**
 * `multipleOf` for decimal numbers: 19.99 is a multiple of 0.01, although its binary form is not. It has a name of its
 * own, since a keyword that the compiler has can't be replaced.
 */
export const multipleOf = {
  keyword: 'decimalMultipleOf',
  type: 'number',
  schemaType: 'number',
  compile: (divisor: number) => {
    const error = { keyword: 'multipleOf', message: `must be multiple of ${divisor}`, params: { multipleOf: divisor } };
    const check = (value: number): boolean => {
      if (isMultiple(value, divisor)) return true;
      (check as { errors?: unknown[] }).errors = [error];
      return false;
    };
    return check;
  },
  errors: true,
};
