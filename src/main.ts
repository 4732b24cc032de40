#!/usr/bin/env node
import { runCommandLine } from './args.ts';
import { isGone } from './is-gone.ts';
import { EXIT } from './model/exit-code.ts';
import { TOOL } from './tool.ts';
import { unsafeEnvironment } from './unsafe-environment.ts';

// A reader that has seen enough, such as head, closes the pipe, and a terminal can be closed: nothing more is to be said
// to them, and what goes on is not to be broken off for it.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: Error) => {
    if (!isGone(error)) throw error;
  });

// A library of the official client prints the headers of requests when this asks for it.
delete process.env['DEBUG'];

const obstacles = unsafeEnvironment(process.env);
for (const obstacle of obstacles) process.stderr.write(`${obstacle}\n`);
process.exitCode = obstacles.length === 0 ? await carryOut(process.argv.slice(2)) : EXIT.usage;

// Each command is loaded when it is asked for: help and version need none of them.
function carryOut(argv: readonly string[]): Promise<number> {
  return runCommandLine(argv, TOOL.version, {
    validate: async (...given) => (await import('./commands/validate.ts')).validate(...given),
    reconcile: async (...given) => (await import('./commands/reconcile.ts')).reconcile(...given),
    exportManifest: async (...given) => (await import('./commands/export.ts')).exportManifest(...given),
    coverage: async (...given) => (await import('./commands/coverage.ts')).coverage(...given),
    explain: async (...given) => (await import('./commands/explain.ts')).explain(...given),
    render: async (...given) => (await import('./commands/render.ts')).render(...given),
    run: async (...given) => (await import('./commands/run.ts')).run(...given),
    merge: async (...given) => (await import('./commands/merge.ts')).merge(...given),
    doctor: async (...given) => (await import('./commands/doctor.ts')).doctor(...given),
    undo: async (...given) => (await import('./commands/undo.ts')).undo(...given),
    recover: async (...given) => (await import('./commands/recover.ts')).recover(...given),
    schema: async (...given) => (await import('./commands/schema.ts')).schema(...given),
    emulate: async (...given) => (await import('./commands/emulate.ts')).emulate(...given),
  });
}
