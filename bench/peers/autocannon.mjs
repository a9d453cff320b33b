// autocannon's side of ../load.ts: takes a Load as JSON, prints what came of it as JSON.
import autocannon from 'autocannon';

const { url, requests, apps, offset, seconds, connections, rate } = JSON.parse(process.argv[2]);
let n = offset;
const next = (request) => {
  const path = requests.path.replace('{app}', n % apps).replace('{environment}', Math.floor(n / apps));
  n += 1;
  return { ...request, path };
};
const { method, headers, body } = requests;
const running = autocannon({
  url,
  connections,
  duration: seconds,
  ...(rate !== undefined && { overallRate: Math.round(rate) }),
  requests: [{ method, headers, body, setupRequest: next }],
});
// Its own histogram counts whole milliseconds.
const latencies = [];
running.on('response', (_client, _status, _bytes, time) => latencies.push(time));
const { '2xx': good, non2xx, errors, timeouts, duration } = await running;
latencies.sort((a, b) => a - b);
const kept = rate === undefined ? [] : latencies;
process.stdout.write(
  JSON.stringify({ count: good + non2xx, bad: non2xx + errors + timeouts, rate: good / duration, latencies: kept }),
);
