import { isDeepStrictEqual } from 'node:util';

export const sameJson = (a: unknown, b: unknown): boolean => a === b || isDeepStrictEqual(a, b);
