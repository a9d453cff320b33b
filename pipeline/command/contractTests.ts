/** `openapi-strict/contract`: the contract suite as Vitest tests. */
export { contractTests } from '../contract/vitest.ts';
