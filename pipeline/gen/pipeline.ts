import { operationsOf } from '../document/operations.ts';
import type { Project } from './config.ts';
import { filter } from './filter.ts';
import { lintConfig } from './lintConfig.ts';
import { normalise } from './normalise.ts';
import { remarkOn } from './remarks.ts';
import { Report } from './report.ts';
import { read } from './source/read.ts';
import type { Snapshot } from './source/snapshot.ts';
import { type Bundled, type Made, type Step, StepFailed, start, told } from './step.ts';
import { client } from './steps/client.ts';
import { enums } from './steps/enums.ts';
import { errors } from './steps/errors.ts';
import { handlers } from './steps/handlers.ts';
import { operations } from './steps/operations.ts';
import { page } from './steps/page.ts';
import { server } from './steps/server.ts';
import { tryPage } from './steps/tryPage.ts';
import { types } from './steps/types.ts';

/** Everything that is made of a bundled document. A step is a file in steps/ and a line here. */
const steps: readonly Step[] = [types, enums, operations, errors, handlers, server, client, page, tryPage];

export interface Options {
  readonly project: Project;
  readonly snapshot: Snapshot;
  /** Leaves out operations that are wrong, instead of refusing the document. */
  readonly lenient?: boolean;
  readonly say: (line: string) => void;
}

export interface Generated extends Required<Made> {
  readonly report: Report;
}

/** Everything that follows from a document, in memory. */
export async function generate({ project, snapshot, lenient = false, say }: Options): Promise<Generated> {
  const report = new Report();
  const reading = start('lint', async () =>
    read(project, { snapshot, lenient, config: await lintConfig(project, snapshot) }),
  );
  // Loading the compiler of TypeScript takes as long as reading the document.
  for (const { load } of steps) load?.(project).catch(() => {});
  const { document: written, remarks, leftOut } = await told(reading, say, project.title);
  for (const { operation, fault } of leftOut) {
    report.leftOut(`${operation}: ${fault.place ?? fault.pointer}: ${fault.message.replace(/\.$/, '')}`, {
      ...(fault.pointer && { pointer: fault.pointer }),
    });
  }
  report.harmless(remarks);

  const bundling = start('bundle', (): Bundled => {
    const document = normalise(written, report);
    const filtered = filter(document, project);
    if (filtered !== undefined) report.filtered(filtered);
    remarkOn(document, report);
    const text = `${JSON.stringify(document, null, 2)}\n`;
    return { project, document, text, operations: operationsOf(document), report };
  });
  const path = `${project.generated}/openapi.json`;
  const bundled = await told(bundling, say, path);
  const files = new Map([[path, bundled.text]]);
  const once = new Map<string, string>();
  const orphans: string[] = [];

  // They are started together, so that those that wait for a process of their own run beside the others.
  const started = steps.flatMap((step) => {
    const makes = step.makes(project);
    return makes === undefined ? [] : [{ step, makes, running: start(step.name, () => step.run(bundled)) }];
  });
  try {
    for (const { makes, running } of started) {
      const made = await told(running, say, makes);
      for (const [file, text] of made.files ?? []) files.set(file, text);
      for (const [file, text] of made.once ?? []) once.set(file, text);
      orphans.push(...(made.orphans ?? []));
    }
  } finally {
    await Promise.allSettled(started.map(({ running }) => running.result));
  }
  return { files, once, orphans, report };
}

/** Fails, for `--strict`, if anything of the document is left out. */
export function refuseLeftOut(report: Report): void {
  const problems = report.leftOuts.map(({ message, pointer, place }) => ({
    ...(place ? { place } : pointer && { place: pointer }),
    message: `--strict: left out: ${message}.`,
  }));
  if (problems.length > 0) throw new StepFailed(problems);
}
