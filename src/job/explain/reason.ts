import type { Ownership } from '../../model/manifest.ts';
import type { Change } from '../../model/plan.ts';
import type { ExplainedEntry } from '../../report/explanation.ts';

/** What decides about one binding or membership. */
export interface Circumstances {
  readonly kind: 'contact' | 'aggregator';
  readonly now: boolean;
  readonly action: Change['action'] | null;
  readonly written: ReadonlySet<ExplainedEntry['ensure']>;
  readonly ownership: Ownership;
  /** Whether the manifest names the owner, and whether it says what the owner holds. */
  readonly named: boolean;
  readonly statesMembers: boolean;
  /** Of an account group: CUSTOM, RD, FOLDER. */
  readonly type: string | undefined;
  readonly gone: boolean;
  readonly isManagement: boolean;
}

/** Why the plan does what it does about it, or leaves it as it is. */
export function reasonFor(about: Circumstances): string {
  if (about.action === 'bind' || about.action === 'add-account') return 'written, and not there';
  if (about.action !== null) return removalReason(about);
  if (!about.now) return absenceReason(about);
  return about.written.has('present') ? 'as written' : unmanagedReason(about);
}

function removalReason({ written, named, ownership, kind }: Circumstances): string {
  if (written.has('absent')) return 'written as absent';
  if (written.has('except'))
    return `taken out by except, and ownership ${ownership} removes what is not written`;
  if (!named)
    return `the manifest does not name this ${nounOf(kind)}, and ownership exclusive unbinds what it has`;
  return `not written, and ownership ${ownership} removes what is not`;
}

function absenceReason({ written }: Circumstances): string {
  if (written.has('except')) return 'taken out by except, and not there';
  return written.has('absent') ? 'written as absent, and not there' : 'left as it is';
}

/** It is there, no line asks for it, and it stays. */
function unmanagedReason(about: Circumstances): string {
  const { kind, type, named, gone, isManagement, statesMembers, ownership, written } = about;
  const noun = nounOf(kind);
  if (kind === 'aggregator' && type !== 'CUSTOM')
    return `Cloud Config chooses the members of a group of type ${type}`;
  if (written.has('absent'))
    return 'written as absent, but it left the directory and the service refused to unbind it before';
  if (!named) return `the manifest does not name this ${noun}: unmanaged`;
  if (gone) return 'left the directory; it stays until a line says that it is absent';
  if (isManagement) return 'the management account stays until a line says that it is absent';
  if (!statesMembers) return `the manifest does not say what this ${noun} holds: the rest of it is unmanaged`;
  return `not written, and ownership ${ownership} removes only what is written as absent: unmanaged`;
}

const nounOf = (kind: Circumstances['kind']): string => (kind === 'contact' ? 'contact' : 'group');
