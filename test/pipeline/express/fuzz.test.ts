import { expect, it } from 'vitest';
import { fuzz } from '../../helpers/fuzz.ts';

// The long run is `npm run fuzz`.
it('1,500 malformed requests get documented answers, and the server stays as it was', async () => {
  const statuses = await fuzz(1_500, Date.now());
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['400', '404', '405']));
});
