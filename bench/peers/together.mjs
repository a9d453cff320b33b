// Clients in one process, in turns of a few calls: node together.mjs URL COUNT MODULE… Prints the CPU time of a call of each,
// in µs, as a JSON list. What else the machine does falls on all of them alike, and the quietest fifth of the turns is kept.
const [url, count, ...modules] = process.argv.slice(2);
const CALLS = 40;

const calls = [];
for (const module of modules) calls.push((await import(module)).caller(url));
const turn = async (call) => {
  const before = process.cpuUsage();
  for (let n = 0; n < CALLS; n += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
};
const found = calls.map(() => []);
const turns = Number(count) / CALLS;
for (let number = -turns; number < turns; number += 1) {
  // Nobody always follows the same one.
  for (const [at] of calls.entries()) {
    const index = (at + turns + number) % calls.length;
    const cpu = await turn(calls[index]);
    if (number >= 0) found[index].push(cpu);
  }
}
const quiet = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 5)];
process.stdout.write(JSON.stringify(found.map(quiet)));
process.exit();
