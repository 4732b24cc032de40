import type { EmulatorState } from './state.ts';
import { parseStateText, StateFileError, stateFrom } from './state-file.ts';

/**
 * Reads a state file of one directory, or of several: `{directories: [<a state>, ...]}`, each with `credentials`
 * of its own, which choose it.
 * @returns at least one, with distinct directory ids, access keys and roles
 * @throws StateFileError  with every problem at once
 */
export function readStates(text: string): readonly EmulatorState[] {
  return statesFrom(parseStateText(text));
}

/** The same, from a value that is already parsed; ids must be text there. */
export function statesFrom(written: unknown): readonly EmulatorState[] {
  if (!isSeveral(written)) return [stateFrom(written)];
  const problems = problemsOfForm(written);
  const read = listOf(written).map((item, index) => readOne(item, index, problems));
  const states = read.filter((state) => state !== undefined);
  if (problems.length === 0) problems.push(...findShared(states));
  if (problems.length > 0) throw new StateFileError(problems);
  return states;
}

type Several = { readonly directories: unknown };

const isSeveral = (written: unknown): written is Several =>
  typeof written === 'object' && written !== null && 'directories' in written;

const listOf = ({ directories }: Several): readonly unknown[] =>
  Array.isArray(directories) ? (directories as unknown[]) : [];

function problemsOfForm(written: Several): string[] {
  const others = Object.keys(written).filter((key) => key !== 'directories');
  const misplaced = others.map(
    (key) => `${key}: stands beside directories, expected it inside each of them; move it there`,
  );
  if (listOf(written).length > 0) return misplaced;
  return ['directories: expected a list of one state or more; add one', ...misplaced];
}

function readOne(item: unknown, index: number, problems: string[]): EmulatorState | undefined {
  try {
    return stateFrom(item);
  } catch (error) {
    if (!(error instanceof StateFileError)) throw error;
    problems.push(...error.problems.map((problem) => `directories[${index}].${problem}`));
    return undefined;
  }
}

/** What may stand once in the whole file and stands in two directories. Keys are not shown. */
function findShared(states: readonly EmulatorState[]): string[] {
  return [
    ...repeated(states, 'directory.id', ({ directory }) => [directory.id], 'give it an id of its own'),
    ...repeated(
      states,
      'credentials',
      ({ credentials }) => credentials.map((credential) => credential.accessKeyId),
      'the access key chooses the directory, give each its own',
    ),
    ...repeated(
      states,
      'roles',
      ({ roles }) => roles.map((role) => role.arn),
      'a role belongs to one directory, take it out',
    ),
  ];
}

function repeated(
  states: readonly EmulatorState[],
  what: string,
  idsOf: (state: EmulatorState) => readonly string[],
  remedy: string,
): string[] {
  const firstAt = new Map<string, number>();
  return states.flatMap((state, index) =>
    idsOf(state).flatMap((id, place) => {
      const earlier = firstAt.get(id);
      if (earlier === undefined) firstAt.set(id, index);
      if (earlier === undefined) return [];
      return [`${placeOf(index, what, place)}: stands in directories[${earlier}] too; ${remedy}`];
    }),
  );
}

const placeOf = (index: number, what: string, place: number): string =>
  what === 'directory.id' ? `directories[${index}].${what}` : `directories[${index}].${what}[${place}]`;
