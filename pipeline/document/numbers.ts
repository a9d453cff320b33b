/** Whether a decimal number is a multiple of another: 19.99 is one of 0.01, although its binary form is not. */
export function isMultiple(value: number, divisor: number): boolean {
  // A quotient of two decimals is off by no more than the rounding of both and its own.
  const quotient = value / divisor;
  return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * 2 * Number.EPSILON;
}
