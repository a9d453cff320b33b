import type { Project } from './project.ts';
import { redocly } from './redocly.ts';
import { type Problem, StepFailed } from './step.ts';

interface Report {
  problems: {
    ruleId: string;
    message: string;
    location: { source: { ref: string }; start?: { line: number; col: number } }[];
  }[];
}

/** Redocly's rules and the house's. Warnings count: what is worth a line is worth mending. */
export async function lint({ root, spec, config }: Project, signal: AbortSignal): Promise<void> {
  const args = ['lint', spec, `--config=${config}`, '--format=json', '--max-problems=1000'];
  const { code, stdout, stderr } = await redocly(args, { cwd: root, signal });
  const problems = problemsIn(stdout);
  if (problems.length > 0) throw new StepFailed(problems);
  // Without a report, what went wrong is the configuration, a plugin or the command itself.
  if (code !== 0) throw new StepFailed(stderr.trim() || `redocly lint ended with ${code}.`);
}

function problemsIn(report: string): Problem[] {
  if (!report.startsWith('{')) return [];
  const problems = (JSON.parse(report) as Report).problems.map(({ ruleId, message, location: [at] }) => ({
    ...(at && { place: `${at.source.ref}:${at.start?.line ?? 1}:${at.start?.col ?? 1}` }),
    rule: ruleId,
    // Where a file can't be parsed, its absolute path is said again.
    message: message.replace(/ in "[^"]*" \(\d+:\d+\)/, ''),
  }));
  // A branch of allOf says again what the whole has said.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
