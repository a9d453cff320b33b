// One client in a process of its own: node calls.mjs MODULE URL COUNT. Prints how long its import took and what a call of
// GetBackendJob takes after that, one after the other, as JSON.
const [which, url, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];

const began = performance.now();
const { caller } = await import(which);
const imported = performance.now() - began;

const call = caller(url);
for (let n = 0; n < count; n += 1) await call();
const since = performance.now();
for (let n = 0; n < count; n += 1) await call();
const time = ((performance.now() - since) / count) * 1000;
process.stdout.write(JSON.stringify({ imported, time }));
process.exit();
