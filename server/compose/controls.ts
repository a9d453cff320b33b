import { Faults } from '../admin/faults.ts';
import { HeldJobs } from '../admin/heldJobs.ts';
import { Recorder } from '../admin/recorder.ts';
import { document, operations } from './contract.ts';

/** Changes how the server behaves, on request of /admin. */
export interface Controls {
  readonly heldJobs: HeldJobs;
  readonly faults: Faults;
  readonly recorder: Recorder;
  clear(): void;
}

export function controlsOf(clock: () => number): Controls {
  const heldJobs = new HeldJobs();
  const faults = new Faults();
  const recorder = new Recorder(document, operations, clock);
  const clear = () => {
    heldJobs.clear();
    faults.clear();
    recorder.clear();
  };
  return { heldJobs, faults, recorder, clear };
}
