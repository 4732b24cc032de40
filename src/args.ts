import { Argument, Command, CommanderError, Option } from 'commander';
import type { CoverageOptions } from './commands/coverage.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { EmulateOptions } from './commands/emulate.ts';
import type { ExportOptions } from './commands/export.ts';
import type { MergeOptions } from './commands/merge.ts';
import type { OutlookOptions } from './commands/outlook-options.ts';
import type { OutputOptions } from './commands/output.ts';
import type { ReconcileOptions } from './commands/reconcile.ts';
import type { RecoverOptions } from './commands/recover.ts';
import type { RenderOptions } from './commands/render.ts';
import type { GivenOptions, RunOptions } from './commands/run-settings.ts';
import type { UndoOptions } from './commands/undo.ts';
import { EXIT } from './model/exit-code.ts';
import { EXPORT_FORMATS, RENDER_FORMATS, SCHEMA_NAMES, type SchemaName } from './model/file-formats.ts';
import type { RunMode } from './model/target-result.ts';
import { refuseConfinementWithoutManifest } from './option-rules.ts';
import { collect, portNumber } from './option-values.ts';
import {
  addCaps,
  addConcurrency,
  addConfinement,
  addConnection,
  addFolders,
  addLog,
  addOutlook,
  addOutput,
  addReconcile,
  addRun,
  addTargets,
  approvedOption,
  saveOption,
} from './options.ts';

/** What the command line can ask for. Each returns its exit code. */
export interface Commands {
  validate(files: readonly string[], options: OutputOptions & CapOptions): Promise<number>;
  reconcile(mode: RunMode, files: readonly string[], options: ReconcileOptions): Promise<number>;
  exportManifest(options: ExportOptions): Promise<number>;
  coverage(files: readonly string[], options: CoverageOptions): Promise<number>;
  explain(id: string, files: readonly string[], options: OutlookOptions): Promise<number>;
  render(report: string, options: RenderOptions): Promise<number>;
  run(job: string, options: RunOptions, given: GivenOptions): Promise<number>;
  merge(reports: readonly string[], options: MergeOptions): Promise<number>;
  doctor(options: DoctorOptions): Promise<number>;
  undo(report: string, options: UndoOptions): Promise<number>;
  recover(options: RecoverOptions): Promise<number>;
  schema(name: SchemaName): Promise<number>;
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

type Keep = (exitCode: number) => void;

function createProgram(version: string, commands: Commands, keep: Keep): Command {
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
      .addOption(mode === 'plan' ? saveOption() : approvedOption())
      .argument('<file...>', 'manifest files, CSV or YAML')
      .action(async (files: string[], options: ReconcileOptions) =>
        keep(await commands.reconcile(mode, files, options)),
      );
  }
  addTargets(addReconcile(program.command('run')))
    .description('plan or apply one directory or many, as a job file says')
    .argument('<job>', 'the job file; what is given here wins over it')
    .option(
      '--out <path>',
      'save the plan for --plan; of a job with several targets a folder with the plan of each',
    )
    .option('--plan <path>', 'apply only if everything in the plan stands in what --out saved there')
    .action(async (job: string, options: RunOptions, command: Command) =>
      keep(await commands.run(job, options, givenTo(command))),
    );
  addRun(program.command('undo'))
    .description('plan the inverse of what a report says was applied; with --apply, apply it')
    .argument('<report>', 'the report.json of a run')
    .option('--apply', 'carry it out')
    .option('--allow-empty <id>', 'let this contact end up with nothing (repeatable)', collect, [])
    .addOption(saveOption().conflicts('apply'))
    .addOption(approvedOption())
    .action(async (report: string, options: UndoOptions) => keep(await commands.undo(report, options)));
  addFolders(addOutput(program.command('recover')))
    .description('report what a run that was killed did, from its journal; reads nothing from the cloud')
    .action(async (options: RecoverOptions) => keep(await commands.recover(options)));
  addReading(program, commands, keep);
  addReports(program, commands, keep);
  addEmulate(program, commands, keep);
  return program;
}

/** The options that stand on the command line, without those at their defaults. */
function givenTo(command: Command): GivenOptions {
  const given = Object.entries(command.opts()).filter(([key]) => command.getOptionValueSource(key) === 'cli');
  return Object.fromEntries(given);
}

/** What looks at the cloud and at manifests, and leaves no report. */
function addReading(program: Command, commands: Commands, keep: Keep): void {
  addConfinement(addConnection(addLog(program.command('export'))))
    .description('write a manifest of the live state; planning it shows no change')
    .addOption(new Option('--as <format>', 'yaml, or what --out says').choices(EXPORT_FORMATS))
    .option('--out <file>', 'write it there in place of stdout')
    .action(async (options: ExportOptions) => keep(await commands.exportManifest(options)));
  addConfinement(addOutlook(program.command('coverage')))
    .description('show for every account which contacts reach it; with manifests also after their plan')
    .argument('[file...]', 'manifest files, CSV or YAML')
    .action(async (files: string[], options: CoverageOptions, command: Command) => {
      refuseConfinementWithoutManifest(command, files);
      keep(await commands.coverage(files, options));
    });
  addConcurrency(addOutlook(program.command('explain')))
    .description('show why something is in the plan, or is not, and from which lines')
    .argument('<id>', 'id or name of an account, folder, contact or account group')
    .argument('[file...]', 'manifest files, CSV or YAML')
    .action(async (id: string, files: string[], options: OutlookOptions) =>
      keep(await commands.explain(id, files, options)),
    );
  addConnection(addCaps(addOutput(program.command('doctor'))))
    .description('check credentials, directory, permissions, endpoints and clock, with reads only')
    .action(async (options: DoctorOptions) => keep(await commands.doctor(options)));
  program
    .command('schema')
    .description('print the JSON Schema of a kind of file')
    .addArgument(new Argument('<file>', 'kind of file').choices(SCHEMA_NAMES))
    .action(async (name: SchemaName) => keep(await commands.schema(name)));
}

/** Views of reports that exist. */
function addReports(program: Command, commands: Commands, keep: Keep): void {
  addLog(program.command('render'))
    .description('show a report that exists in another form')
    .argument('<report>', 'the report.json of a run')
    .addOption(new Option('--format <format>', 'form of the view').choices(RENDER_FORMATS).default('text'))
    .option('--out <file>', 'write it there in place of stdout')
    .action(async (report: string, options: RenderOptions) => keep(await commands.render(report, options)));
  addLog(program.command('merge'))
    .description('make one report out of those of several shards')
    .argument('<report...>', 'the report.json of each')
    .addOption(
      new Option('--format <format>', 'form of the report')
        .choices(['json', ...RENDER_FORMATS])
        .default('json'),
    )
    .option('--out <file>', 'write it there in place of stdout')
    .action(async (reports: string[], options: MergeOptions) => keep(await commands.merge(reports, options)));
}

function addEmulate(program: Command, commands: Commands, keep: Keep): void {
  program
    .command('emulate')
    .description('serve an emulator of both services on a loopback port until stopped')
    .option('--state <file>', 'its state, YAML or JSON')
    .addOption(
      new Option(
        '--generate <size>',
        'a state of this size: accounts=5000,folders=200,contacts=20,aggregators=5,directories=1,seed=1',
      ).conflicts('state'),
    )
    .option('--port <n>', 'port to listen on; 0 takes a free one', portNumber, 0)
    .option('--save <file>', 'write its state there when it ends, and on POST /_emulator/save')
    .option('--record <file>', 'write every call there, a line of JSON each, without secrets')
    .option('--out <file>', 'write the state that it would start from, and serve nothing')
    .action(async (options: EmulateOptions) => keep(await commands.emulate(options)));
}

const MEANING: Readonly<Record<RunMode, string>> = {
  plan: 'read the cloud, show what would change, write the report; never writes to the cloud',
  apply: 'plan, check the guard, apply, read back, write the report',
};
