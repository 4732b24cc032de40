import { type Command, Option } from 'commander';
import { REPORT_FORMATS } from './model/file-formats.ts';
import { refuseEndpointBesideEmulator } from './option-rules.ts';
import {
  collect,
  durationMs,
  listOf,
  positiveDurationMs,
  positiveNumber,
  shardOf,
  share,
  wholeNumber,
  writeWindow,
} from './option-values.ts';
import { DEFAULT_MAX_REMOVAL_SHARE } from './plan/guard.ts';
import { DEFAULT_ACCOUNTS_PER_AGGREGATOR } from './wire/cloud-config.ts';
import { DEFAULT_TARGETS_PER_CONTACT } from './wire/resource-directory.ts';

/** Options that commands have in common. */

export function addReconcile(command: Command): Command {
  return addRun(command).addOption(
    new Option('--ownership <mode>', 'what is removed').choices(['add-only', 'listed', 'exclusive']),
  );
}

/** The options of everything that makes a plan and may carry it out. */
export function addRun(command: Command): Command {
  addPersonalData(addConnection(addCaps(addOutput(command))));
  addGuard(addFolders(addConfinement(command)));
  return command
    .option(
      '--max-changes <n>',
      'apply the first n changes and leave the rest for the next run',
      positiveNumber,
    )
    .addOption(
      durationOption(
        '--settle <duration>',
        'how long a write without an answer may still take effect',
        '30s',
      ),
    )
    .option('--deadline <duration>', 'start no new call after this long', durationMs)
    .option('--pause <duration>', 'between the answer to a write and the next write, at least', durationMs, 0)
    .option(
      '--window <time>',
      'start writes only then, by the clock of a time zone, or UTC: "22:00-05:00 Asia/Shanghai"',
      writeWindow,
    )
    .option('--wait <duration>', "wait for another run's lock", durationMs, 0);
}

/** How a job file's targets are chosen and worked on. */
export function addTargets(command: Command): Command {
  return command
    .addOption(new Option('--mode <mode>', 'plan makes a dry run of an applying job').choices(['plan']))
    .option('--target <name>', 'only this target of the job (repeatable)', collect, [])
    .option('--shard <i/n>', 'only the targets of shard i, from 0, of n; by the name of the target', shardOf)
    .option('--parallel <n>', 'targets worked on at once', positiveNumber, 8);
}

export function addFolders(command: Command): Command {
  return command
    .option('--report-dir <dir>', 'where the reports go', 'reports')
    .option('--format <list>', `report files: ${REPORT_FORMATS.join(', ')}`, listOf(REPORT_FORMATS), ['json'])
    .option('--state-dir <dir>', 'run lock and journal', '.rd-reconcile');
}

/** For commands that look at the cloud with manifests in hand, and write nothing. */
export function addOutlook(command: Command): Command {
  return addPersonalData(addConnection(addCaps(addOutput(command))))
    .addOption(
      new Option('--ownership <mode>', 'what is removed').choices(['add-only', 'listed', 'exclusive']),
    )
    .option('--state-dir <dir>', 'what earlier runs left behind', '.rd-reconcile');
}

export function addConcurrency(command: Command): Command {
  return command.option('--concurrency <n>', 'upper bound of calls in flight', positiveNumber, 5);
}

export function addConfinement(command: Command): Command {
  return addConcurrency(command)
    .option('--contact <id>', 'only this contact (repeatable)', collect, [])
    .option('--aggregator <id>', 'only this account group (repeatable)', collect, [])
    .option('--member <id>', 'only this member (repeatable)', collect, []);
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

export const saveOption = (): Option =>
  new Option('--out <file>', 'save the plan, to be reviewed and given to --plan');

export const approvedOption = (): Option =>
  new Option('--plan <file>', 'apply only if everything in the plan stands in this saved one');

export function addConnection(command: Command): Command {
  return command
    .hook('preAction', refuseEndpointBesideEmulator)
    .option('--emulate <file>', 'start an emulator with this state and use it: no account, no network')
    .option('--endpoint <url>', 'base URL of both services')
    .option('--directory-endpoint <url>', 'base URL of Resource Directory')
    .option('--config-endpoint <url>', 'base URL of Cloud Config')
    .option('--sts-endpoint <url>', 'base URL of STS, where roles are assumed')
    .addOption(
      new Option('--site <site>', 'public endpoints').choices(['china', 'international']).default('china'),
    )
    .option('--profile <name>', 'credentials profile; otherwise the default credentials chain')
    .option('--directory-id <rd>', 'stop when the credentials belong to another directory')
    .addOption(
      durationOption(
        '--call-timeout <duration>',
        'for one call, to the last byte of its answer',
        '10s',
      ).argParser(positiveDurationMs),
    );
}

function addPersonalData(command: Command): Command {
  return command.option(
    '--show-personal-data',
    'e-mail addresses and phone numbers of contacts, in the text and in report.json',
  );
}

export function addCaps(command: Command): Command {
  return command
    .option('--targets-per-contact <n>', 'cap of the service', positiveNumber, DEFAULT_TARGETS_PER_CONTACT)
    .option(
      '--accounts-per-aggregator <n>',
      'cap of the service',
      positiveNumber,
      DEFAULT_ACCOUNTS_PER_AGGREGATOR,
    );
}

export function addOutput(command: Command): Command {
  return addLog(command.option('--json', 'the result as JSON on stdout'));
}

export function addLog(command: Command): Command {
  return command
    .addOption(
      new Option('--log-level <level>', 'log on stderr')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .option('--quiet', 'errors only on stderr')
    .option('--no-color', 'no colours');
}

/** Its default stands in the help as it would be written, not in milliseconds, which the option does not take. */
const durationOption = (flags: string, description: string, byDefault: string): Option =>
  new Option(flags, description).argParser(durationMs).default(durationMs(byDefault), byDefault);
