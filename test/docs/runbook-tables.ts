import { describeHalt } from '../../src/model/halt.ts';
import { parseWindow } from '../../src/model/write-window.ts';

/** What a report or the log can say besides the codes of the service. */
export interface RunbookRow {
  readonly meaning: string;
  readonly remedy: string;
}

/** By the code of the problem. Those of manifests and job files have their place and their remedy in the message. */
export const PROBLEMS: Readonly<Record<string, RunbookRow>> = {
  'aggregator-not-named': {
    meaning: 'ownership is `exclusive`, and a CUSTOM account group is in no manifest; it stays as it is',
    remedy: 'write it down, or delete the group',
  },
  'approved-for-other-directory': {
    meaning: 'the saved plan is of another directory (5)',
    remedy: 'check the credentials, or plan and approve here',
  },
  'approved-for-other-manifest': {
    meaning: 'the manifest was changed since the plan was saved (5)',
    remedy: 'plan and approve again',
  },
  'approved-for-other-policy': {
    meaning: 'ownership, limits or confinement are not those of the saved plan (5)',
    remedy: 'give the same options, or plan and approve again',
  },
  'changes-left': { meaning: '`--max-changes` left some for the next run (3)', remedy: 'run again' },
  'clock-skew': {
    meaning: '`doctor`: this machine and the service differ by more than a minute',
    remedy: 'set the clock by NTP; calls are refused from 15 minutes on',
  },
  'cloud-unreadable': {
    meaning: 'a reading failed, also after more tries (69)',
    remedy: 'the code that begins the message is in the tables below; run again',
  },
  'confined-to-nothing': {
    meaning: '`--contact`, `--aggregator` or `--member` names nothing that is there',
    remedy: 'check the id or the name',
  },
  'credentials-missing': {
    meaning: 'no credentials were found in their sources (78)',
    remedy: 'set the environment, or `--profile`; `doctor` says what was found',
  },
  'credentials-readable': {
    meaning: '`doctor`: others on the machine can read the file with the keys',
    remedy: '`chmod 600` the file',
  },
  defect: { meaning: 'a defect of the program (1)', remedy: 'report it, with the log; run again' },
  denied: {
    meaning: 'the credentials were refused, or lack a permission (77)',
    remedy: 'the code that begins the message is in the table below; `doctor` tries every reading',
  },
  'emulator-state': { meaning: 'the state file of an emulator is wrong (64)', remedy: 'as it says' },
  endpoint: {
    meaning: 'an endpoint is no URL, or neither of Alibaba Cloud nor of this machine (64)',
    remedy: 'correct it, or leave it out and choose `--site`',
  },
  'export-differs': {
    meaning: 'what was about to be exported would not be in sync when planned',
    remedy: 'somebody changed the directory meanwhile: export again',
  },
  'export-extension': {
    meaning: 'the name of `--out` says another format than `--as` (64)',
    remedy: 'change one of them',
  },
  'export-unknown': { meaning: 'there is no such contact, group or member (64)', remedy: 'check the id' },
  'export-unwritable': { meaning: 'the manifest could not be written', remedy: 'check the path of `--out`' },
  'file-changed': {
    meaning: 'a manifest was changed while it was read (65)',
    remedy: 'run again when whoever writes it has finished',
  },
  'file-unreadable': {
    meaning: 'a manifest cannot be read (65)',
    remedy: 'check the path and its permissions',
  },
  halted: {
    meaning: 'a signal, the deadline, or a fault that meets every call ended the run before a plan stood',
    remedy: 'as it says; run again',
  },
  'job-empty': { meaning: 'the job file is empty (78)', remedy: 'check that it was written completely' },
  'job-unreadable': { meaning: 'the job file cannot be read (78)', remedy: 'check the path' },
  'journal-unwritable': {
    meaning: 'what is about to be sent cannot be put on disk first, so it is not sent',
    remedy: 'make room on the disk of `--state-dir`; run again',
  },
  killed: {
    meaning: 'the report was made from the journal of a run that was killed',
    remedy: 'run again: it reads first and does what is missing',
  },
  'left-and-bound': {
    meaning: 'a member that left is still listed, and the service does not let it be unbound',
    remedy: 'as it says; it gets no messages',
  },
  locked: { meaning: 'another run works in the same directory (75)', remedy: 'let it end, or `--wait 10m`' },
  'modes-mixed': { meaning: '`merge`: reports of plan and of apply', remedy: 'merge those of one mode' },
  'near-cap': {
    meaning: '`doctor`: a contact, a group or the directory is 80 % full or more',
    remedy: 'bind folders in place of accounts, divide groups, or ask for a higher quota',
  },
  'not-all-read': {
    meaning:
      '`doctor` looks at 50 pages of contacts and of groups at most, or a page of them could not be read',
    remedy: 'nothing, or run it again where a page failed; what is beyond is not told',
  },
  'not-in-approved-plan': {
    meaning: 'a change would be made that nobody approved (5)',
    remedy: 'look at it, plan and approve again',
  },
  'overwritten-late': {
    meaning:
      'an update whose answer was lost landed late, over what somebody else had added meanwhile; that was put back',
    remedy: 'look whether the group is as he wanted it',
  },
  'plan-not-saved': {
    meaning: '`--out`: the plan was refused, or is not the approved one',
    remedy: 'deal with that first',
  },
  'render-unwritable': { meaning: '`--out` could not be written (64)', remedy: 'check the path' },
  'report-folder': {
    meaning: 'an apply has no place to report to (64)',
    remedy: 'check the permissions, or `--report-dir`',
  },
  'report-id': {
    meaning: '`undo`: an id of the report has no known form',
    remedy: 'give the report as it was written',
  },
  'report-unusable': { meaning: 'a file is no report (65)', remedy: 'give the `report.json` of a run' },
  'role-refused': {
    meaning: 'STS does not let the role be assumed (77)',
    remedy: "check the role's trust policy, and that the caller may `sts:AssumeRole`",
  },
  'same-directory': {
    meaning: 'two targets of a job that writes are the same directory (78)',
    remedy: 'give each directory once, with all of its manifests',
  },
  'saved-plan': {
    meaning: 'a file is no saved plan, or was edited since (64)',
    remedy: 'give the file of `plan --out`, as it was saved',
  },
  'several-directories': {
    meaning: '`undo`: the report has several directories',
    remedy: 'undo that of one run in one directory',
  },
  'several-targets': {
    meaning: 'what was approved is of one target (64)',
    remedy: 'choose it with `--target`',
  },
  'stale-plan': {
    meaning: 'the plan has not the digest of `--expect` (5)',
    remedy: 'look at it, and give its digest',
  },
  'state-folder': {
    meaning: 'lock and journal cannot be kept (64)',
    remedy: 'check the permissions, or `--state-dir`',
  },
  'target-twice': { meaning: '`merge`: a target stands in two reports', remedy: 'give each shard once' },
  'target-unknown': { meaning: 'the job has no such target (64)', remedy: 'check the name' },
  'undo-impossible': {
    meaning: '`undo`: an owner or a member is no longer there',
    remedy: 'nothing; the others are undone',
  },
  'undone-meanwhile': {
    meaning: 'while a run applied its plan, somebody else changed what was as written (3)',
    remedy: 'run again; find out who it was',
  },
  'window-closed': {
    meaning: 'changes were left because no write starts outside of the window (3)',
    remedy: 'run again inside of it',
  },
  'wrong-directory': {
    meaning: 'the credentials belong to another directory than the manifest, the job or the option says (77)',
    remedy: 'use the credentials of that directory, or correct the pin',
  },
};

const window = parseWindow('22:00-05:00 Asia/Shanghai');
if (window === undefined) throw new Error('the example is no window');

/** Why a change was not tried, as the report words it; what differs from case to case stands in capitals. */
export const SKIPPED: readonly (readonly [because: string, remedy: string])[] = [
  ['the guard refused the plan', 'see [What is refused](#what-is-refused)'],
  ['the guard refused the removals of this plan', 'see [What is refused](#what-is-refused)'],
  [
    'the contact is at its cap, and the removal that would make room was withheld by the guard',
    'lift the guard, or bind a folder',
  ],
  ['it is left for the next run (--max-changes N)', 'run again'],
  [
    'the contact is at its cap, its N removals and additions go together, and --max-changes N has no room for them',
    'allow so many, or more',
  ],
  ['the plan is not the one that was approved', 'look at the changes that are named, plan and approve again'],
  ['it is not in the plan that was approved', 'look at it, plan and approve again'],
  [describeHalt({ kind: 'window', window }), 'run again inside of it'],
  [describeHalt({ kind: 'deadline' }), 'run again, or allow more time'],
  [describeHalt({ kind: 'interrupted', signal: 'SIGINT' }), 'run again'],
  [
    describeHalt({ kind: 'refused', failure: { class: '', code: 'CODE' } }),
    'deal with the code, see the table below; run again',
  ],
  [
    describeHalt({ kind: 'systemic', code: 'CODE', inARow: 5 }),
    'deal with the code, see the tables below; run again later',
  ],
  [describeHalt({ kind: 'unrecorded', code: 'ENOSPC' }), 'make room on the disk of `--state-dir`; run again'],
  ['the run ended before its turn', 'run again'],
  ['the run was killed before its turn', 'run again'],
  ['the contact was refused with CODE', 'deal with the code, see the table below'],
  [
    'account ID would be left without what the plan keeps for it: CONTACT is not bound to ID',
    'the addition failed, or somebody took it away: deal with that, and run again',
  ],
  [
    'account ID would be left without what the plan keeps for it: CONTACT is not Active any more, or is not for TYPE any more',
    'somebody changed the contact meanwhile: look at it, and run again',
  ],
  [
    'account ID would lose its last contact for TYPE, which the plan did not foresee',
    'somebody changed something meanwhile, or the account was moved: run again, the plan will say what it comes to',
  ],
  ['the contacts could not be read again, completely, before removing', 'run again'],
  ['the accounts could not be read again, completely, before removing', 'run again'],
  ['it could not be read right before the write', 'run again'],
  ['it does not exist any more, or is not ours to see', 'check the account group in the console'],
  ['it is of type TYPE now, and only CUSTOM takes accounts', 'take the group out of the manifest'],
  ['it is being deleted', 'take the group out of the manifest'],
  ['it would be left empty: other accounts have gone since the plan was made', 'plan again'],
  ['it would hold N accounts (limit 200): others came since the plan was made', 'divide the group'],
];

export function problemTable(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { meaning, remedy }]) => `| \`${code}\` | ${meaning} | ${remedy} |`,
  );
  return ['| problem | meaning | what to do |', '|---|---|---|', ...rows].join('\n');
}

export function skippedTable(): string {
  const rows = SKIPPED.map(([because, remedy]) => `| ${because} | ${remedy} |`);
  return ['| skipped, because | what to do |', '|---|---|', ...rows].join('\n');
}
