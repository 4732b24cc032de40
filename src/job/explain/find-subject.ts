import { didYouMean } from '../../manifest/did-you-mean.ts';
import type { ActualState } from '../../model/actual-state.ts';
import { EXIT } from '../../model/exit-code.ts';
import type { Target } from '../../model/target.ts';
import type { ExplainedSubject } from '../../report/explanation.ts';
import { aggregatorOwner, contactOwner, targetMember } from '../../report/member-names.ts';
import { displayText } from '../../report/scrub.ts';
import { listed } from '../../report/words.ts';
import { problem, Stop } from '../stop.ts';

interface Candidate {
  readonly subject: ExplainedSubject;
  /** What it may be called, its id aside. */
  readonly names: readonly string[];
}

/**
 * What an id or a name on the command line means. An id wins over a name.
 * @throws Stop when it means nothing, or two things
 */
export function findSubject(wanted: string, actual: ActualState): ExplainedSubject {
  const text = wanted.trim();
  const all = candidates(actual);
  const byId = all.find(({ subject }) => subject.id === text);
  if (byId !== undefined) return byId.subject;
  const named = all.filter(({ names }) => names.includes(text));
  const [found, other] = named;
  if (found === undefined) throw unknown(text, all);
  if (other === undefined) return found.subject;
  const things = named.map(({ subject }) => `${subject.kind} ${subject.id}`);
  throw stop('subject-ambiguous', `"${shown(text)}" is the name of ${listed(things)}; write the id`);
}

function unknown(text: string, all: readonly Candidate[]): Stop {
  const known = all.flatMap(({ subject, names }) => [subject.id, ...names]);
  const hint = didYouMean(text, known) || '; check it, and which directory it belongs to';
  return stop(
    'subject-not-found',
    `there is no account, contact, folder or account group "${shown(text)}"${hint}`,
  );
}

const stop = (code: string, message: string): Stop =>
  new Stop(EXIT.manifest, 'failed', [problem(code, message)]);

const MAX_SHOWN = 60;
const shown = (text: string): string =>
  displayText(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text);

function candidates(actual: ActualState): Candidate[] {
  return [
    ...directoryCandidates(actual),
    ...accountCandidates(actual),
    ...[...(actual.folders?.values() ?? [])].map((folder) => {
      const { path } = targetMember({ type: 'folder', id: folder.id }, actual);
      const subject = { kind: 'folder', ...memberOf({ type: 'folder', id: folder.id }, actual) } as const;
      return { subject, names: [folder.name, ...(path === undefined ? [] : [path, `folder:${path}`])] };
    }),
    ...[...(actual.contacts?.values() ?? [])].map(({ id, name, status, messageTypes }) => ({
      subject: { kind: 'contact' as const, ...contactOwner(id, actual), status, messageTypes },
      names: [name],
    })),
    ...aggregatorCandidates(actual),
    ...leavers(actual),
  ];
}

function directoryCandidates(actual: ActualState): Candidate[] {
  const { id, rootFolderId, managementAccountId, managementAccountName } = actual.directory;
  const management = memberOf({ type: 'account', id: managementAccountId }, actual);
  return [
    { subject: { kind: 'directory', id, name: null, path: '/' }, names: ['directory', '/', rootFolderId] },
    {
      subject: { kind: 'account', ...management },
      names: ['management-account', managementAccountName, `account:${managementAccountName}`],
    },
  ];
}

const accountCandidates = (actual: ActualState): Candidate[] =>
  [...(actual.accounts?.values() ?? [])].map(({ id, displayName }) => ({
    subject: { kind: 'account', ...memberOf({ type: 'account', id }, actual) },
    names: [displayName, `account:${displayName}`],
  }));

function aggregatorCandidates(actual: ActualState): Candidate[] {
  const summaries = new Map(
    [...actual.aggregators.values(), ...(actual.aggregatorList ?? [])].map((one) => [one.id, one]),
  );
  return [...summaries.values()].map(({ id, name, type }) => ({
    subject: { kind: 'aggregator', ...aggregatorOwner(id, actual), status: type },
    names: [name],
  }));
}

/** What is bound or listed somewhere and is not in the directory. */
function leavers(actual: ActualState): Candidate[] {
  const bound = [...(actual.contacts?.values() ?? [])].flatMap(({ bindings }) =>
    [...bindings.values()].map(({ target }) => target),
  );
  const grouped = [...actual.aggregators.values()].flatMap(({ accounts }) =>
    [...accounts.keys()].map((id): Target => ({ type: 'account', id })),
  );
  const gone = new Map(
    [...bound, ...grouped].filter((target) => isGone(target, actual)).map((target) => [target.id, target]),
  );
  return [...gone.values()].map((target) => ({
    subject: { kind: target.type, ...memberOf(target, actual), gone: true },
    names: [],
  }));
}

export function isGone(target: Target, { accounts, folders, directory }: ActualState): boolean {
  if (target.type === 'directory') return target.id !== directory.id;
  if (target.type === 'folder') return folders?.has(target.id) === false;
  return accounts?.has(target.id) === false && target.id !== directory.managementAccountId;
}

function memberOf(target: Target, actual: ActualState): Pick<ExplainedSubject, 'id' | 'name' | 'path'> {
  const { id, name, path } = targetMember(target, actual);
  return { id, name, ...(path === undefined ? {} : { path }) };
}
