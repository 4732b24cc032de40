import type { Problem } from '../model/problem.ts';
import { findHeader } from './csv-head.ts';
import { eachRecord } from './csv-records.ts';
import { CsvTable } from './csv-table.ts';
import { warning } from './finding.ts';
import { LineIndex } from './line-index.ts';
import { NOTHING_WRITTEN, type ReadFile } from './written-file.ts';

/** Reads a table of bindings, of aggregator accounts, or of both. */
export function readCsv(file: string, text: string, maxEntries: number): ReadFile {
  const lines = new LineIndex(file, text);
  const head = findHeader(file, text, lines);
  if (head.header === undefined) return { written: NOTHING_WRITTEN, findings: head.findings };
  const { delimiter } = head;
  const table = new CsvTable(head.header, delimiter, maxEntries);
  const ended = eachRecord({ text, lines, firstLine: head.line + 1, delimiter }, (record) =>
    table.read(record),
  );
  const whole = ended === undefined ? table.finish(file) : [...table.findings, ended];
  const findings = [...head.findings, ...whole, ...cutOff(text, lines)];
  return {
    written: { ...NOTHING_WRITTEN, contacts: table.contacts, aggregators: table.aggregators },
    findings,
  };
}

/** A file that was cut off at the end of a cell looks complete but for this. */
function cutOff(text: string, lines: LineIndex): readonly Problem[] {
  if (text.endsWith('\n')) return [];
  return [
    warning(
      'final-newline',
      lines.place(text.length),
      'the last line does not end; check that the file was written completely',
    ),
  ];
}
