#!/usr/bin/env node
import { runCommandLine } from './args.ts';
import { coverage } from './commands/coverage.ts';
import { emulate } from './commands/emulate.ts';
import { explain } from './commands/explain.ts';
import { exportManifest } from './commands/export.ts';
import { reconcile } from './commands/reconcile.ts';
import { recover } from './commands/recover.ts';
import { schema } from './commands/schema.ts';
import { undo } from './commands/undo.ts';
import { validate } from './commands/validate.ts';
import { TOOL } from './tool.ts';

// A reader that has seen enough, such as head, closes the pipe: nothing more is to be said to it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), TOOL.version, {
  validate,
  reconcile,
  exportManifest,
  coverage,
  explain,
  undo,
  recover,
  schema,
  emulate,
});
