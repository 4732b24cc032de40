import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvRecord } from '../../src/manifest/csv-record.ts';
import { CsvRecords } from '../../src/manifest/csv-records.ts';
import { TextLines } from '../../src/manifest/text-lines.ts';
import type { Problem } from '../../src/model/problem.ts';
import { all, findingsOf, read } from './support.ts';

function eachRecord(text: string, visit: (record: CsvRecord) => void): Problem | undefined {
  const records = new CsvRecords({ file: 'm.csv', delimiter: ',' }, visit);
  const lines = new TextLines((content, number) => records.read(content, number));
  lines.push(text);
  return records.end(lines.end());
}

function recordsOf(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  eachRecord(text, (record) => records.push(record));
  return records;
}

const summary = (records: readonly CsvRecord[]): unknown =>
  records.map((record) => [
    record.cells,
    record.firstLine,
    record.lastLine,
    record.place(0),
    record.place(1),
  ]);

function parsedAlone(text: string): string[][] | 'a problem' {
  try {
    return parse(text, {
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    return 'a problem';
  }
}

describe('the records of a table', () => {
  it('are those that csv-parse finds, and where it finds none there is a problem', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', '"', '"', ',', ',', '\n', ' ', '\u8054', '\u{1f600}'),
    });
    fc.assert(
      fc.property(texts, (text) => {
        const read: (readonly string[])[] = [];
        const problem = eachRecord(text, ({ cells }) => read.push(cells));
        expect(problem === undefined ? read : 'a problem').toEqual(parsedAlone(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('of a table that the parser gets in parts are all there, each in its line', () => {
    // Each kind ends on another quote or line: a part that ended inside a cell would break the next.
    const kinds = [
      (line: number) => `${line},"a ""quoted"" word"`,
      () => '# a screen of 27"',
      (line: number) => `${line},"two\nlines, ""and"" more"`,
      () => '',
      (line: number) => `${line},plain`,
    ];
    const rows: string[] = [];
    for (let line = 1; line < 20_000; line += rows.at(-1)?.split('\n').length ?? 1) {
      rows.push(kinds[rows.length % kinds.length]?.(line) ?? '');
    }
    const text = `${rows.join('\n')}\n`;
    const records = recordsOf(text);
    expect(records.map(({ cells }) => cells)).toEqual(parsedAlone(text.replace(/^# .*$/gm, '')));
    expect(records.filter(({ cells, firstLine }) => cells[0] !== String(firstLine))).toEqual([]);
    expect(text.length).toBeGreaterThan(4 * 65_536);
  });

  it('have the same places whether the parser or the line said where they end', () => {
    const rows = fc.array(fc.constantFrom('a,b', '', '# x"', '#x', ' c ,1', ',', 'd', '"e, f",g', '"",'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, (lines) => {
        const byLine = recordsOf(`x,y\n${lines.join('\n')}\n`).slice(1);
        const byParser = recordsOf(`"""",y\n${lines.join('\n')}\n`).slice(1);
        expect(summary(byParser)).toEqual(summary(byLine));
      }),
    );
  });

  it.each([
    ['c-1,1738084522671234,"a note\nof two lines"\n', ['note-lines? 2:22']],
    ['c-1,1738084522671234,"a note\nc-1,1738084522671235,"\n', ['quote-over-rows 2:22']],
    ['c-1,"17380845\n22671234",\n', ['cell-lines 2:5']],
    ['"Sec\nOps",1738084522671234,\n', ['cell-lines 2:1']],
  ])('over several lines, as %j, are told of', (row, expected) => {
    expect(findingsOf(read('m.csv', `contact_id,member_id,note\n${row}`))).toEqual(expected);
  });

  it('of a large table have their places to the last row', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `c-${i % 50},${1738084522000000 + i}`);
    const result = read('m.csv', `contact_id,member_id\n${rows.join('\n')}\nc-1,1.73808E+15\n`);
    expect(all(result).map(({ code, source }) => [code, source])).toEqual([
      ['id-scientific', { file: 'm.csv', line: 100_002, column: 5 }],
    ]);
  });
});
