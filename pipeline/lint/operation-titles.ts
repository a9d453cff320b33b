import type { Visitor } from './redocly.ts';

/**
 * Heads each operation with its id, which is the name it goes by in the SDKs, the code and the log, and puts its summary
 * before its description. For the reference page alone: Redoc shows ids nowhere, and its search doesn't find them.
 */
export const operationTitles = (): Visitor => ({
  Operation(operation) {
    const { operationId, summary, description } = operation;
    if (!operationId || !summary) return;
    operation.summary = operationId;
    operation.description = [`${summary.replace(/[.!?]$/, '')}.`, description].filter(Boolean).join('\n\n');
  },
});
