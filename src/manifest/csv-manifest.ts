import type { Source } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { HeadReader, noHeader } from './csv-head.ts';
import { CsvRecords } from './csv-records.ts';
import { CsvTable } from './csv-table.ts';
import { warning } from './finding.ts';
import { TextLines } from './text-lines.ts';
import type { TextReader } from './text-reader.ts';
import { NOTHING_WRITTEN, type ReadFile } from './written-file.ts';

/** Reads a table of bindings, of aggregator accounts, or of both, line after line. */
export class CsvReader implements TextReader {
  readonly #file: string;
  readonly #maxEntries: number;
  readonly #lines = new TextLines((content, number) => this.#line(content, number));
  readonly #head: HeadReader;
  #findings: readonly Problem[] | undefined;
  #body: { readonly table: CsvTable; readonly records: CsvRecords } | undefined;

  constructor(file: string, maxEntries: number) {
    this.#file = file;
    this.#maxEntries = maxEntries;
    this.#head = new HeadReader(file);
  }

  read(text: string): void {
    this.#lines.push(text);
  }

  end(place: Source): ReadFile {
    const lastLine = this.#lines.end();
    const findings = this.#findings ?? [noHeader(this.#file)];
    if (this.#body === undefined) return { written: NOTHING_WRITTEN, findings };
    const { table, records } = this.#body;
    const ended = records.end(lastLine);
    const whole = ended === undefined ? table.finish(this.#file) : [...table.findings, ended];
    return {
      written: { ...NOTHING_WRITTEN, contacts: table.contacts, aggregators: table.aggregators },
      findings: [...findings, ...whole, ...cutOff(place)],
    };
  }

  #line(content: string, number: number): void {
    if (this.#body !== undefined) this.#body.records.read(content, number);
    else if (this.#findings === undefined) this.#begin(content, number);
  }

  #begin(content: string, number: number): void {
    const head = this.#head.read(content, number);
    this.#findings = head?.findings;
    if (head?.header === undefined) return;
    const table = new CsvTable(head.header, head.delimiter, this.#maxEntries);
    const records = new CsvRecords({ file: this.#file, delimiter: head.delimiter }, (record) =>
      table.read(record),
    );
    this.#body = { table, records };
  }
}

/** A file that was cut off at the end of a cell looks complete but for this. */
function cutOff(place: Source): readonly Problem[] {
  if (place.column === 1) return [];
  return [
    warning('final-newline', place, 'the last line does not end; check that the file was written completely'),
  ];
}
