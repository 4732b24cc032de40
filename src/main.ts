#!/usr/bin/env node
import { runCommandLine } from './args.ts';
import { TOOL } from './tool.ts';

// A reader that has seen enough, such as head, closes the pipe: nothing more is to be said to it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Each command is loaded when it is asked for: help and version need none of them.
process.exitCode = await runCommandLine(process.argv.slice(2), TOOL.version, {
  validate: async (...given) => (await import('./commands/validate.ts')).validate(...given),
  reconcile: async (...given) => (await import('./commands/reconcile.ts')).reconcile(...given),
  exportManifest: async (...given) => (await import('./commands/export.ts')).exportManifest(...given),
  coverage: async (...given) => (await import('./commands/coverage.ts')).coverage(...given),
  explain: async (...given) => (await import('./commands/explain.ts')).explain(...given),
  render: async (...given) => (await import('./commands/render.ts')).render(...given),
  run: async (...given) => (await import('./commands/run.ts')).run(...given),
  merge: async (...given) => (await import('./commands/merge.ts')).merge(...given),
  undo: async (...given) => (await import('./commands/undo.ts')).undo(...given),
  recover: async (...given) => (await import('./commands/recover.ts')).recover(...given),
  schema: async (...given) => (await import('./commands/schema.ts')).schema(...given),
  emulate: async (...given) => (await import('./commands/emulate.ts')).emulate(...given),
});
