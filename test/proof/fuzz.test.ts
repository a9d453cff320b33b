import { it } from 'vitest';
import { fuzz } from '../helpers/fuzz.ts';

it('100,000 malformed requests get documented answers, and the server stays as it was', async () => {
  console.log(`100,000 malformed requests: ${JSON.stringify(await fuzz(100_000, Date.now()))}`);
});
