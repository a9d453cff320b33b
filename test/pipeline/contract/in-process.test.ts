import { contractTests } from '../../../pipeline/contract/vitest.ts';
import { SHELF, shelf, TOKEN } from '../../helpers/shelf.ts';

// The suite as tests of whoever has an app and uses Vitest.
await contractTests({
  app: await shelf(),
  spec: SHELF,
  auth: { token: TOKEN },
  runs: 2,
  only: ['getBook', 'addReview'],
});
