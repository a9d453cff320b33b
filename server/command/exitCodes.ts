/** The exit codes of the command, which its help lists too. */
export const EXIT = { done: 0, refused: 1, usage: 2, noAnswer: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
