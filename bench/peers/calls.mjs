// One client in a process of its own: node calls.mjs fetch|MODULE URL COUNT. Prints how long its import took and what a
// call of GetBackendJob takes after that, one after the other, as JSON; with COUNT 0 only the import.
const [which, url, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const job = { appId: 'app0', backendEnvironmentName: 'env0', jobId: '01890a5d-ac96-774b-bcce-b302099a8057' };
const path = `${url}/backend/app0/job/env0/${job.jobId}`;

const began = performance.now();
const module = which === 'fetch' ? {} : await import(which);
const imported = performance.now() - began;

function caller() {
  if (which === 'fetch') {
    return async () => {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(`It answered ${answer.status}.`);
      return answer.json();
    };
  }
  if (module.AmplifyBackend === undefined) {
    const client = module.createClient({ baseUrl: url });
    return () => client.getBackendJob(job);
  }
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = new module.AmplifyBackend({ endpoint: url, region: 'us-east-1', credentials });
  return () => client.getBackendJob({ AppId: job.appId, BackendEnvironmentName: 'env0', JobId: job.jobId });
}

const call = count > 0 ? caller() : undefined;
for (let n = 0; n < count; n += 1) await call();
const cpu = process.cpuUsage();
const since = performance.now();
for (let n = 0; n < count; n += 1) await call();
const time = ((performance.now() - since) / count) * 1000;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ imported, time, cpu: (user + system) / count }));
process.exit();
