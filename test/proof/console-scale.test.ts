import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/index.ts';
import { startServer } from '../../server/index.ts';
import { consoleInBrowser } from '../helpers/consoleInBrowser.ts';

const ENVIRONMENTS = 500;
const JOBS = 5_000;
const app = 'large';

const openConsole = consoleInBrowser();

describe(`the console, with ${ENVIRONMENTS} environments and ${JOBS} jobs,`, () => {
  it('paints, filters, scrolls and lists, and prints its longest tasks', async () => {
    const server = await startServer();
    onTestFinished(() => server.stop());
    const client = createClient({ baseUrl: server.url });
    for (let n = 0; n < ENVIRONMENTS; n++) {
      await client.createBackend({ appId: app, appName: app, backendEnvironmentName: `env${n}` });
    }
    // One environment has the jobs: it is created and deleted again and again.
    const busy = { appId: app, backendEnvironmentName: 'busy' };
    for (let n = 0; n < JOBS / 2; n++) {
      await client.createBackend({ ...busy, appName: app });
      await client.deleteBackend(busy);
    }
    const { page } = await openConsole(server.url);
    onTestFinished(() => page.context().close());
    await page.addInitScript(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
        buffered: true,
      });
    });
    const longest = async (what: string) => {
      const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks.splice(0));
      console.log(`${what}: longest task ${Math.round(Math.max(0, ...tasks))} ms of ${tasks.length} over 50 ms`);
    };
    const main = page.getByRole('main');

    await page.goto(`${server.url}/console/?large#view=environments&app=${app}`);
    await main.getByText(`${ENVIRONMENTS} of ${ENVIRONMENTS} environments`).waitFor();
    await longest('first paint');
    await main.getByLabel('Filter').pressSequentially('env49');
    await main.getByText(`11 of ${ENVIRONMENTS} environments`).waitFor();
    await main.getByLabel('Filter').fill('');
    await main.getByText(`${ENVIRONMENTS} of ${ENVIRONMENTS} environments`).waitFor();
    await longest('filter');
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, 2_000);
    await main.getByText('COMPLETED').first().waitFor();
    await longest('scroll');
    // Only the cards that came into sight asked for their last job.
    expect(await main.getByText('COMPLETED').count()).toBeLessThan(ENVIRONMENTS);

    await page.goto(`${server.url}/console/?jobs#view=jobs&app=${app}&environment=busy`);
    await main
      .getByRole('row', { name: /DeleteBackend/ })
      .first()
      .waitFor();
    expect(await main.getByRole('row').count()).toBeLessThan(60);
    await page.getByRole('link', { name: 'Older jobs' }).click();
    await page.getByRole('link', { name: 'Newest jobs' }).waitFor();
    await longest('jobs');
  });
});
