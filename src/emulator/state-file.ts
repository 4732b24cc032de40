import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { z } from 'zod';
import { DEFAULT_CREDENTIAL } from './default-credential.ts';
import { type Fault, faultSchema } from './fault.ts';
import type { EmulatorState } from './state.ts';
import { describeIssue } from './state-issue.ts';
import { manifestLikeness } from './state-likeness.ts';
import { findStateProblems } from './state-problems.ts';
import { stateSchema, type WrittenState } from './state-schema.ts';

const LIKE_A_MANIFEST = 'this looks like a manifest, not like an emulator state';
const GIVE_A_STATE = 'give a file that describes the directory with its accounts';

/** A state that cannot be used. One line a problem: where, what was found, what was expected. */
export class StateFileError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`emulator state: ${problems.join('\n  ')}`);
    this.name = 'StateFileError';
    this.problems = problems;
  }
}

/**
 * Reads a state file, YAML or JSON. Every scalar is read as text, so an unquoted id keeps its digits.
 *
 * Only `directory` is required. `folders` (parent: root when left out), `accounts` (folder: root; status:
 * CreateSuccess), `contacts` (status: Active, every message type), `aggregators` (type: CUSTOM; accounts as ids or
 * as `{id, name}`), `credentials`, `quotas`, `behaviour`, `faults` and `seed` have the defaults of `state-schema.ts`.
 * The lock lasts as long as a call (`latencyMs`) unless `lockMs` says otherwise.
 * @throws StateFileError  with every problem at once
 */
export function readState(text: string): EmulatorState {
  return stateFrom(parseStateText(text));
}

/** The same, from a value that is already parsed; ids must be text there. */
export function stateFrom(written: unknown): EmulatorState {
  const likeness = manifestLikeness(written);
  if (likeness !== undefined) throw new StateFileError([`${LIKE_A_MANIFEST} (${likeness}); ${GIVE_A_STATE}`]);
  const state = withDefaults(checked(stateSchema, written));
  const problems = findStateProblems(state);
  if (problems.length > 0) throw new StateFileError(problems);
  return state;
}

/** One fault or a list of them, in the form of the state file. @throws StateFileError */
export function faultsFrom(written: unknown): readonly Fault[] {
  return checked(z.array(faultSchema), Array.isArray(written) ? written : [written]);
}

function checked<T>(schema: z.ZodType<T>, written: unknown): T {
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new StateFileError(parsed.error.issues.map((issue) => describeIssue(issue, written)));
}

/** YAML or JSON, every scalar as text. @throws StateFileError */
export function parseStateText(text: string): unknown {
  try {
    return load(text, { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    throw new StateFileError([
      error instanceof YAMLException ? describeSyntax(error) : 'not readable as YAML',
    ]);
  }
}

/** In one line; the reader's own message draws the place in several. */
function describeSyntax({ reason, mark }: YAMLException): string {
  const place = mark === undefined ? 'file' : `line ${mark.line + 1}, column ${mark.column + 1}`;
  return `${place}: found neither YAML nor JSON (${reason}), expected a state; correct it`;
}

function withDefaults(written: WrittenState): EmulatorState {
  const root = written.directory.rootFolderId;
  const names = new Map(written.accounts.map((account) => [account.id, account.name]));
  names.set(written.directory.managementAccount.id, written.directory.managementAccount.name);
  return {
    ...written,
    folders: written.folders.map((folder) => ({ ...folder, parent: folder.parent ?? root })),
    accounts: written.accounts.map((account) => ({ ...account, folder: account.folder ?? root })),
    aggregators: written.aggregators.map((aggregator) => ({
      ...aggregator,
      accounts: aggregator.accounts.map(({ id, name }) => ({ id, name: name ?? names.get(id) ?? '' })),
    })),
    credentials: written.credentials.length > 0 ? written.credentials : [DEFAULT_CREDENTIAL],
    behaviour: { ...written.behaviour, lockMs: written.behaviour.lockMs ?? written.behaviour.latencyMs },
  };
}
