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

/** A quotient of two decimals is off by no more than the rounding of both and its own. */
export function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * 2 * Number.EPSILON;
}
