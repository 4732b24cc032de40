import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Ensure, Selector, Source, WrittenOwner } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import type { Column, Header } from './csv-header.ts';
import type { CsvRecord } from './csv-record.ts';
import { shapeProblem } from './csv-shape.ts';
import type { Delimiter } from './delimiter.ts';
import { didYouMean } from './did-you-mean.ts';
import { error, faulty, type Parsed, parsed, take } from './finding.ts';
import { parseMember } from './member.ts';
import { memberFit } from './member-fit.ts';
import { type OwnerKind, parseAggregatorRef, parseContactRef, refKey } from './owner.ts';
import { show } from './show.ts';
import { spreadsheetZeros } from './spreadsheet-zeros.ts';
import type { OwnerDraft } from './written-file.ts';

/** Collects the owners and entries of a table, record by record. */
export class CsvTable {
  readonly findings: Problem[] = [];
  readonly #header: Header;
  readonly #delimiter: Delimiter;
  readonly #maxEntries: number;
  /** Of every row, where the header says it. */
  readonly #kind: OwnerKind | undefined;
  readonly #contacts = new Map<string, OwnerDraft<ContactId>>();
  readonly #aggregators = new Map<string, OwnerDraft<AggregatorId>>();
  readonly #ids = new Map<string, Source>();
  readonly #members = new Map<string, Selector>();
  readonly #drafts = { contact: new Map<string, AnyDraft>(), aggregator: new Map<string, AnyDraft>() };
  #rows = 0;

  constructor(header: Header, delimiter: Delimiter, maxEntries: number) {
    this.#header = header;
    this.#delimiter = delimiter;
    this.#maxEntries = maxEntries;
    this.#kind = (['contact', 'aggregator'] as const).find((kind) => header.columns.has(kind));
  }

  get contacts(): readonly WrittenOwner<ContactId>[] {
    return [...this.#contacts.values()];
  }

  get aggregators(): readonly WrittenOwner<AggregatorId>[] {
    return [...this.#aggregators.values()];
  }

  read(record: CsvRecord): void {
    if (record.cells.every((cell) => cell.trim() === '')) return;
    this.#rows++;
    if (this.#rows > this.#maxEntries) return;
    const misshapen = shapeProblem(record, this.#header, this.#delimiter);
    if (misshapen !== undefined) this.findings.push(misshapen);
    if (misshapen?.severity !== 'error') this.#entry(record);
  }

  /** Rules of the table as a whole. */
  finish(file: string): readonly Problem[] {
    if (this.#rows === 0) {
      this.findings.push(
        error(
          'manifest-empty',
          { file, line: 1, column: 1 },
          'the file has a header and no rows; check that it was written completely',
        ),
      );
    }
    if (this.#rows > this.#maxEntries) {
      this.findings.push(
        error(
          'entries-too-many',
          { file, line: 1, column: 1 },
          `the file has ${this.#rows} rows, at most ${this.#maxEntries} are read; split the manifest`,
        ),
      );
    }
    const zeros = spreadsheetZeros(this.#ids);
    if (zeros !== undefined) this.findings.push(zeros);
    return this.findings;
  }

  #entry(record: CsvRecord): void {
    const kind = this.#kind ?? this.#take(record, 'kind', parseKind);
    const ensure = this.#ensure(record);
    const selector = this.#member(record);
    const source = this.#place(record, 'member');
    if (selector?.type === 'account') this.#remember(selector.id, source);
    const owner = kind === undefined ? undefined : this.#owner(record, kind);
    if (kind === undefined || ensure === undefined || selector === undefined || owner === undefined) return;
    const misfit = memberFit(selector, kind);
    if (misfit !== undefined) {
      this.findings.push(error(misfit.code, source, misfit.message));
      return;
    }
    if (ensure === 'present') owner.statesMembers = true;
    owner.members.push({
      selector,
      ensure,
      source,
      accountName: detached(this.#cell(record, 'account-name').trim()) || undefined,
    });
  }

  /** Like members: the few owners of many rows are parsed once. */
  #owner(record: CsvRecord, kind: OwnerKind): AnyDraft | undefined {
    const column = this.#header.columns.has(kind) ? kind : 'owner';
    const cell = this.#cell(record, column);
    const known = this.#drafts[kind].get(cell);
    if (known !== undefined) return known;
    const draft = kind === 'contact' ? this.#contact(record, column) : this.#aggregator(record, column);
    if (draft !== undefined && isAsWritten(draft, cell)) this.#drafts[kind].set(detached(cell), draft);
    return draft;
  }

  #contact(record: CsvRecord, column: Column): AnyDraft | undefined {
    const ref = this.#take(record, column, parseContactRef);
    return ref && draftOf(this.#contacts, ref, () => this.#place(record, column));
  }

  #aggregator(record: CsvRecord, column: Column): AnyDraft | undefined {
    const ref = this.#take(record, column, parseAggregatorRef);
    return ref && draftOf(this.#aggregators, ref, () => this.#place(record, column));
  }

  /** The same few accounts stand in many rows: each is parsed once, and held once. */
  #member(record: CsvRecord): Selector | undefined {
    const cell = this.#cell(record, 'member');
    const known = this.#members.get(cell);
    if (known !== undefined) return known;
    const selector = this.#take(record, 'member', parseMember);
    // Only a cell that needs no note may be left unread next time.
    if (selector?.type === 'account' && selector.id === cell) this.#members.set(selector.id, selector);
    return selector;
  }

  /** Most tables have no such column, or write the same word in every row. */
  #ensure(record: CsvRecord): Ensure | undefined {
    const cell = this.#cell(record, 'ensure');
    return cell === '' || cell === 'present' ? 'present' : this.#take(record, 'ensure', parseEnsure);
  }

  #remember(id: string, source: Source): void {
    if (!this.#ids.has(id)) this.#ids.set(id, source);
  }

  #take<T>(record: CsvRecord, column: Column, read: (cell: string) => Parsed<T>): T | undefined {
    const result = read(detached(this.#cell(record, column)));
    if (result.ok && result.note === undefined) return result.value;
    return take(result, this.#place(record, column), this.findings);
  }

  #cell(record: CsvRecord, column: Column): string {
    const index = this.#header.columns.get(column);
    return index === undefined ? '' : (record.cells[index] ?? '');
  }

  #place(record: CsvRecord, column: Column): Source {
    return record.place(this.#header.columns.get(column) ?? 0);
  }
}

type AnyDraft = OwnerDraft<ContactId> | OwnerDraft<AggregatorId>;

/** Only a cell that needs no note may be left unread next time. */
const isAsWritten = ({ ref }: AnyDraft, cell: string): boolean =>
  (ref.by === 'id' ? ref.id : ref.name) === cell;

/** A copy: a cell is a part of a larger text, and would keep the whole of it in memory. */
const detached = (cell: string): string => (cell === '' ? cell : Buffer.from(cell).toString());

function draftOf<Id extends ContactId | AggregatorId>(
  drafts: Map<string, OwnerDraft<Id>>,
  ref: WrittenOwner<Id>['ref'],
  place: () => Source,
): OwnerDraft<Id> {
  const key = refKey(ref);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft: OwnerDraft<Id> = {
    ref,
    source: place(),
    statesMembers: false,
    allowEmpty: false,
    members: [],
    except: [],
  };
  drafts.set(key, draft);
  return draft;
}

function parseKind(cell: string): Parsed<OwnerKind> {
  const text = cell.trim().toLowerCase();
  if (text === 'contact' || text === 'aggregator') return parsed(text);
  return faulty(
    'kind-unknown',
    `kind ${show(cell)} is not known, expected contact or aggregator${didYouMean(text, ['contact', 'aggregator'])}`,
  );
}

function parseEnsure(cell: string): Parsed<Ensure> {
  const text = cell.trim().toLowerCase();
  if (text === '') return parsed('present');
  if (text === 'present' || text === 'absent') return parsed(text);
  return faulty(
    'ensure-unknown',
    `ensure ${show(cell)} is not known, expected present or absent${didYouMean(text, ['present', 'absent'])}`,
  );
}
