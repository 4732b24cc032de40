import { Command, CommanderError, Option } from 'commander';
import type { EmulateOptions } from './commands/emulate.ts';
import type { OutputOptions } from './commands/output.ts';
import type { ReconcileOptions } from './commands/reconcile.ts';
import type { RecoverOptions } from './commands/recover.ts';
import { REPORT_FORMATS } from './job/report-files.ts';
import { EXIT } from './model/exit-code.ts';
import type { RunMode } from './model/target-result.ts';
import { collect, durationMs, listOf, positiveNumber, share, wholeNumber } from './option-values.ts';
import { DEFAULT_MAX_REMOVAL_SHARE } from './plan/guard.ts';
import { DEFAULT_ACCOUNTS_PER_AGGREGATOR } from './wire/cloud-config.ts';
import { DEFAULT_TARGETS_PER_CONTACT } from './wire/resource-directory.ts';

/** What the command line can ask for. Each returns its exit code. */
export interface Commands {
  validate(files: readonly string[], options: OutputOptions & CapOptions): Promise<number>;
  reconcile(mode: RunMode, files: readonly string[], options: ReconcileOptions): Promise<number>;
  recover(options: RecoverOptions): Promise<number>;
  emulate(options: EmulateOptions): Promise<number>;
}

export interface CapOptions {
  readonly targetsPerContact: number;
  readonly accountsPerAggregator: number;
}

/**
 * Reads the command line and carries out what it asks for.
 * @param argv  without the program's own name
 * @returns the exit code; usage errors have been printed
 */
export async function runCommandLine(
  argv: readonly string[],
  version: string,
  commands: Commands,
): Promise<number> {
  let exitCode: number = EXIT.inSync;
  const keep = (code: number): void => {
    exitCode = code;
  };
  try {
    await createProgram(version, commands, keep).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.inSync : EXIT.usage;
    throw error;
  }
}

function createProgram(version: string, commands: Commands, keep: (code: number) => void): Command {
  const program = new Command('rd-reconcile')
    .description('Keeps message contact bindings and Cloud Config account groups as a manifest says.')
    .version(version)
    .showHelpAfterError('(rd-reconcile help COMMAND lists the options)')
    .exitOverride();
  addCaps(addOutput(program.command('validate')))
    .description('check manifests offline and list every problem at once')
    .argument('<file...>', 'manifest files, CSV or YAML')
    .action(async (files: string[], options: OutputOptions & CapOptions) =>
      keep(await commands.validate(files, options)),
    );
  for (const mode of ['plan', 'apply'] as const) {
    addReconcile(program.command(mode))
      .description(MEANING[mode])
      .argument('<file...>', 'manifest files, CSV or YAML')
      .action(async (files: string[], options: ReconcileOptions) =>
        keep(await commands.reconcile(mode, files, options)),
      );
  }
  addFolders(addOutput(program.command('recover')))
    .description('report what a run that was killed did, from its journal; reads nothing from the cloud')
    .action(async (options: RecoverOptions) => keep(await commands.recover(options)));
  program
    .command('emulate')
    .description('serve an emulator of both services on a loopback port until stopped')
    .requiredOption('--state <file>', 'its state, YAML or JSON')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber, 0)
    .action(async (options: EmulateOptions) => keep(await commands.emulate(options)));
  return program;
}

const MEANING: Readonly<Record<RunMode, string>> = {
  plan: 'read the cloud, show what would change, write the report; never writes to the cloud',
  apply: 'plan, check the guard, apply, read back, write the report',
};

function addReconcile(command: Command): Command {
  addConnection(addCaps(addOutput(command)));
  addGuard(addFolders(command));
  return command
    .addOption(
      new Option('--ownership <mode>', 'what is removed').choices(['add-only', 'listed', 'exclusive']),
    )
    .option('--concurrency <n>', 'upper bound of calls in flight', positiveNumber, 5)
    .option('--contact <id>', 'confine the run to this contact (repeatable)', collect, [])
    .option('--aggregator <id>', 'confine the run to this account group (repeatable)', collect, [])
    .option('--member <id>', 'confine the run to this member (repeatable)', collect, [])
    .option(
      '--max-changes <n>',
      'apply the first n changes and leave the rest for the next run',
      positiveNumber,
    )
    .option(
      '--settle <duration>',
      'how long a write without an answer may still take effect',
      durationMs,
      30_000,
    )
    .option('--deadline <duration>', 'start no new call after this long', durationMs)
    .option('--wait <duration>', "wait for another run's lock", durationMs, 0);
}

function addFolders(command: Command): Command {
  return command
    .option('--report-dir <dir>', 'where the reports go', 'reports')
    .option('--format <list>', `report files: ${REPORT_FORMATS.join(', ')}`, listOf(REPORT_FORMATS), ['json'])
    .option('--state-dir <dir>', 'run lock and journal', '.rd-reconcile');
}

function addGuard(command: Command): void {
  command
    .option('--max-removals <n>', 'refuse a plan with more removals', wholeNumber)
    .option(
      '--max-removal-share <share>',
      'refuse a plan that removes more of what is managed',
      share,
      DEFAULT_MAX_REMOVAL_SHARE,
    )
    .option('--allow-removals <n>', 'lift the count and share rules for exactly n removals', wholeNumber)
    .option('--allow-uncovered <n>', 'let exactly n accounts lose their last contact', wholeNumber)
    .addOption(
      new Option('--on-guard <action>', 'what a tripped guard does')
        .choices(['refuse', 'additions-only'])
        .default('refuse'),
    )
    .option('--expect <digest>', 'apply only if the plan has this digest');
}

function addConnection(command: Command): void {
  command
    .option('--emulate <file>', 'start an emulator with this state and use it: no account, no network')
    .option('--endpoint <url>', 'base URL of both services')
    .option('--directory-endpoint <url>', 'base URL of Resource Directory')
    .option('--config-endpoint <url>', 'base URL of Cloud Config')
    .addOption(
      new Option('--site <site>', 'public endpoints').choices(['china', 'international']).default('china'),
    )
    .option('--profile <name>', 'credentials profile; otherwise the default credentials chain')
    .option('--directory-id <rd>', 'stop when the credentials belong to another directory')
    .option('--call-timeout <duration>', 'for one call, to the last byte of its answer', durationMs, 10_000);
}

function addCaps(command: Command): Command {
  return command
    .option('--targets-per-contact <n>', 'cap of the service', positiveNumber, DEFAULT_TARGETS_PER_CONTACT)
    .option(
      '--accounts-per-aggregator <n>',
      'cap of the service',
      positiveNumber,
      DEFAULT_ACCOUNTS_PER_AGGREGATOR,
    );
}

function addOutput(command: Command): Command {
  return command
    .option('--json', 'the result as JSON on stdout')
    .addOption(
      new Option('--log-level <level>', 'log on stderr')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .option('--quiet', 'errors only on stderr')
    .option('--no-color', 'no colours');
}
