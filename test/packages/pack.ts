import type { TestProject } from 'vitest/node';
import { Scratch, type Tarballs } from './scratch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tarballs: Tarballs;
  }
}

/** Builds and packs once, for all that install the packages. */
export default async function setup(project: TestProject): Promise<() => void> {
  const scratch = new Scratch();
  project.provide('tarballs', await scratch.pack());
  return () => scratch.remove();
}
