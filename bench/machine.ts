import { readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { generator } from './load.ts';
import { CONTENDERS, pinning, ROOT } from './processes.ts';

/** Describes the machine in one line. */
export function machine(): string {
  const [{ model = 'unknown CPU' } = {}, ...more] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return [
    `${model.trim()}, ${more.length + 1} cores, ${memory}`,
    `${platform()} ${release()}`,
    `Node ${process.versions.node}`,
    generator,
    pinning,
  ].join('; ');
}

/** The share of the CPU time of a second that the machine spends on other work, from 0 to 1. */
export async function busyShare(): Promise<number> {
  const before = spent();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const after = spent();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

/** The time that all cores have spent since the machine's start, in ms. */
function spent(): { idle: number; all: number } {
  const times = cpus().map((core) => core.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
  };
}

/** The installed versions of the contenders and of the tools that measure. */
export function versions(): string {
  const packages = [
    ...dependenciesOf(CONTENDERS),
    ...dependenciesOf(join(ROOT, 'test/proof/prism')),
    ...dependenciesOf(join(ROOT, 'test/emulators')),
  ];
  return packages.map(([name, version]) => `${name} ${version}`).join(', ');
}

function dependenciesOf(folder: string): [string, string][] {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(dependencies);
}
