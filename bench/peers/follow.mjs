// Sends updates at a steady rate, each to an environment of its own, and follows each job until it is COMPLETED:
// node follow.mjs URL UPDATES_A_SECOND SECONDS APPS BODY. Prints the latencies in ms, as JSON, without those of the
// first second, in which this process and the server warm up.
import { setTimeout as sleep } from 'node:timers/promises';

const [url, perSecond, seconds, apps] = [process.argv[2], ...process.argv.slice(3, 6).map(Number)];
const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: process.argv[6] };

async function ask(path, given) {
  const answer = await fetch(url + path, given);
  const body = await answer.json();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(body)}`);
  return body;
}

/** From the moment the request is sent until a client is told that its job is done. */
async function follow(n) {
  const [app, environment] = [`app${n % apps}`, `env${Math.floor(n / apps)}`];
  const since = performance.now();
  const { jobId } = await ask(`/backend/${app}/auth/${environment}`, options);
  // Asked for less and less often: thousands of questions a second would be what is measured.
  for (let pause = 4; ; pause = Math.min(pause * 2, 32)) {
    await sleep(pause);
    const { status, error } = await ask(`/backend/${app}/job/${environment}/${jobId}`);
    if (status === 'COMPLETED') return performance.now() - since;
    if (status === 'FAILED') throw new Error(`Job ${jobId} failed: ${error}`);
  }
}

const all = [];
const began = performance.now();
while (all.length < perSecond * seconds) {
  const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - began) / 1000) * perSecond));
  while (all.length < due) all.push(follow(all.length));
  await sleep(1);
}
const sent = performance.now() - began;
const latencies = (await Promise.all(all)).slice(perSecond);
process.stdout.write(JSON.stringify({ latencies, rate: (all.length / sent) * 1000 }));
