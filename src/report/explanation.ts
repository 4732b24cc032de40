import type { Change } from '../model/plan.ts';
import type { CoveredAccount } from './coverage-json.ts';

/** What `explain --json` prints: public interface. Ids are text. */
export interface Explanation {
  readonly directoryId: string;
  readonly subject: ExplainedSubject;
  /** False without a manifest: then nothing is known of what is wanted. */
  readonly planned: boolean;
  /** Every binding and membership that concerns the subject: there now, or written. */
  readonly items: readonly ExplainedItem[];
  /** Of an account: by which contacts it is reached. `after` is null without a manifest. */
  readonly coverage: { readonly before: CoveredAccount; readonly after: CoveredAccount | null } | null;
  /** Lines of `protected` that name it. */
  readonly protectedBy: readonly ExplainedEntry[];
  /** What the guard has against the plan because of it. */
  readonly guard: readonly { readonly rule: string; readonly message: string }[];
  /** The code with which reading the account groups was refused; null when they were read. */
  readonly aggregatorsUnread: string | null;
}

export type SubjectKind = 'account' | 'folder' | 'directory' | 'contact' | 'aggregator';

export interface ExplainedSubject {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly name: string | null;
  /** Folder names from Root down, then its own. */
  readonly path?: string;
  /** Of a contact: `Active`, ... Of an aggregator: its type. */
  readonly status?: string;
  readonly messageTypes?: readonly string[];
  /** Of a contact, where somebody asked to see it. */
  readonly emailAddress?: string | undefined;
  readonly phoneNumber?: string | undefined;
  /** It is bound or listed somewhere, and is in the directory no more. */
  readonly gone?: true;
}

export interface ExplainedItem {
  readonly kind: 'contact' | 'aggregator';
  readonly owner: {
    readonly id: string;
    readonly name: string | null;
    /** Of a contact: `Active`, ... Of an aggregator: its type. */
    readonly status: string;
    /** Where the manifest names it first; null where it does not. */
    readonly source: ExplainedEntry['source'] | null;
    readonly emailAddress?: string | undefined;
    readonly phoneNumber?: string | undefined;
  };
  readonly member: {
    readonly id: string;
    readonly name: string | null;
    readonly type: 'account' | 'folder' | 'directory';
    readonly path?: string | undefined;
  };
  /** Whether it is there now, and whether it will be; `after` is null without a manifest. */
  readonly now: boolean;
  readonly after: boolean | null;
  /** What the plan does; null where it does nothing. */
  readonly action: Change['action'] | null;
  /** Why, in words; empty without a manifest. */
  readonly because: string;
  /** Every line that speaks of it, in the order of the files. */
  readonly entries: readonly ExplainedEntry[];
}

export interface ExplainedEntry {
  readonly ensure: 'present' | 'absent' | 'except' | 'protected';
  /** As written, in its one spelling. */
  readonly selector: string;
  readonly source: { readonly file: string; readonly line: number; readonly column: number };
}
