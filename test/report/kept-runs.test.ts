import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addHistory } from '../../src/job/report-files/add-history.ts';
import { pruneRuns } from '../../src/job/report-files/prune-runs.ts';
import { writeReportFiles } from '../../src/job/report-files/report-files.ts';
import { REPORT_FORMATS } from '../../src/model/file-formats.ts';
import type { Report } from '../../src/report/report-schema.ts';
import { onlyTarget, planRecord, reportOf } from './sample-run.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rd-reconcile-reports-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const runId = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T02-00-00.000Z-00000a`;

function night(day: number, name = 'default'): Report {
  const report = reportOf(planRecord({ name }));
  const startedAt = `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;
  return { ...report, run: { ...report.run, id: runId(day), startedAt } };
}

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('the files of a run', () => {
  const PLACES: readonly [string, string][] = [
    ['report.json', runId(21)],
    ['report.md', runId(21)],
    ['report.html', runId(21)],
    ['report.csv', runId(21)],
    ['junit.xml', runId(21)],
    ['metrics.prom', '.'],
  ];

  test('stand in a folder of the run; metrics.prom stands beside it, and latest leads to it', async () => {
    const at = folder();
    const path = await writeReportFiles(night(21), at, REPORT_FORMATS);
    expect(path).toBe(join(at, runId(21), 'report.json'));
    expect(readdirSync(at).sort()).toEqual([runId(21), 'latest', 'metrics.prom']);
    expect(readdirSync(join(at, 'latest')).sort()).toEqual(
      PLACES.map(([name]) => name)
        .filter((name) => name !== 'metrics.prom')
        .sort(),
    );
  });

  test.each(PLACES)(
    '%s is readable by its owner only, also where an older one was not',
    async (name, where) => {
      const at = folder();
      mkdirSync(join(at, where), { recursive: true });
      writeFileSync(join(at, where, name), 'old', { mode: 0o644 });
      await writeReportFiles(night(21), at, REPORT_FORMATS);
      expect(mode(join(at, where, name))).toBe(0o600);
      expect(readFileSync(join(at, where, name), 'utf8')).not.toBe('old');
    },
  );

  test.each(PLACES)(
    '%s takes the place of a symbolic link, and what it led to stays',
    async (name, where) => {
      const at = folder();
      mkdirSync(join(at, where), { recursive: true });
      writeFileSync(join(at, 'precious'), 'precious');
      symlinkSync(join(at, 'precious'), join(at, where, name));
      await writeReportFiles(night(21), at, REPORT_FORMATS);
      expect(lstatSync(join(at, where, name)).isFile()).toBe(true);
      expect(readFileSync(join(at, 'precious'), 'utf8')).toBe('precious');
    },
  );
});

describe('keep', () => {
  async function nights(at: string, ...days: readonly number[]): Promise<void> {
    for (const day of days) await writeReportFiles(night(day), at, REPORT_FORMATS);
  }

  test('leaves the newest runs, whatever formats they wrote', async () => {
    const at = folder();
    await nights(at, 17, 18, 19, 20);
    await writeReportFiles(night(21), at, ['markdown'], 3);
    expect(readdirSync(at).sort()).toEqual([runId(19), runId(20), runId(21), 'latest', 'metrics.prom']);
  });

  test('leaves what latest leads to, also where it is an old one', async () => {
    const at = folder();
    await nights(at, 18, 19, 20, 17);
    expect(await pruneRuns(at, 1)).toEqual({ removed: 2, left: [] });
    expect(readdirSync(at).sort()).toEqual([runId(17), runId(20), 'latest', 'metrics.prom']);
  });

  test.each<[string, (path: string) => void]>([
    ['a folder with a file that is not ours', (path) => writeFileSync(join(path, 'notes.txt'), 'mine')],
    ['a folder with a folder in it', (path) => mkdirSync(join(path, 'report.html.files'))],
  ])('leaves alone %s', async (_, disturb) => {
    const at = folder();
    await nights(at, 17, 18, 19);
    disturb(join(at, runId(17)));
    const before = readdirSync(join(at, runId(17)));
    const because = 'it holds something else than reports';
    const left = [{ folder: join(at, runId(17)), because }];
    expect(await pruneRuns(at, 1)).toEqual({ removed: 1, left });
    expect(readdirSync(join(at, runId(17)))).toEqual(before);
  });

  test('leaves alone what does not look like a run: other names, empty folders, links, files', async () => {
    const at = folder();
    await nights(at, 19, 20);
    const elsewhere = folder();
    await writeReportFiles(night(17), elsewhere, ['json']);
    symlinkSync(join(elsewhere, runId(17)), join(at, runId(16)));
    mkdirSync(join(at, runId(15)));
    writeFileSync(join(at, runId(14)), 'a file');
    mkdirSync(join(at, 'archive'));
    writeFileSync(join(at, 'archive', 'report.json'), '{}');
    expect(await pruneRuns(at, 1)).toEqual({ removed: 1, left: [] });
    for (const name of [runId(14), runId(15), runId(16), 'archive/report.json'])
      expect([name, existsSync(join(at, name))]).toEqual([name, true]);
    expect(readdirSync(join(elsewhere, runId(17)))).toEqual(['report.json']);
  });

  test('removes what a killed run left behind in its folder', async () => {
    const at = folder();
    await nights(at, 17, 18);
    for (const name of ['.report.json.0123456789ab', '.junit.xml.0123456789ab', 'lock'])
      writeFileSync(join(at, runId(17), name), 'half');
    expect(await pruneRuns(at, 1)).toEqual({ removed: 1, left: [] });
    expect(existsSync(join(at, runId(17)))).toBe(false);
  });

  test('what cannot be removed is told, and keeps neither the report from being written nor others from going', async () => {
    const at = folder();
    await nights(at, 17, 18, 19);
    writeFileSync(join(at, runId(18), 'notes.txt'), 'mine');
    const told: string[] = [];
    const path = await writeReportFiles(night(21), at, ['json'], 1, (message) => told.push(message));
    expect(path).toBe(join(at, runId(21), 'report.json'));
    expect(told).toEqual([
      `the old report ${join(at, runId(18))} cannot be removed (it holds something else than reports); remove it by hand`,
    ]);
    expect(readdirSync(at).sort()).toEqual([runId(18), runId(21), 'latest', 'metrics.prom']);
  });
});

describe('what earlier reports know', () => {
  test('comes from the newest one of the same target that was before', async () => {
    const at = folder();
    for (const day of [18, 19, 22]) await writeReportFiles(night(day), at, ['json']);
    await writeReportFiles(night(20, 'another'), at, ['json']);
    const report = await addHistory(night(21), at);
    expect(onlyTarget(report).history).toMatchObject({ previousRunId: runId(19), standing: 7, appeared: 0 });
  });

  test('is carried on, also when the folder of the first night is gone', async () => {
    const at = folder();
    for (const day of [17, 18, 19, 20])
      await writeReportFiles(await addHistory(night(day), at), at, ['json'], 1);
    expect(readdirSync(at).sort()).toEqual([runId(20), 'latest']);
    const report = await addHistory(night(21), at);
    expect(new Set(onlyTarget(report).changes.map(({ since }) => since))).toEqual(
      new Set(['2026-11-17T02:00:00.000Z']),
    );
  });

  test('passes over a report that is damaged, or of another program', async () => {
    const at = folder();
    await writeReportFiles(night(18), at, ['json']);
    for (const [day, text] of [
      [19, '{"schemaVersion":1'],
      [20, '{"schemaVersion":2}'],
    ] as const) {
      mkdirSync(join(at, runId(day)));
      writeFileSync(join(at, runId(day), 'report.json'), text);
    }
    expect(onlyTarget(await addHistory(night(21), at)).history?.previousRunId).toBe(runId(18));
  });

  test('is nothing where there is no folder yet', async () => {
    const report = await addHistory(night(21), join(folder(), 'none'));
    expect(onlyTarget(report).history).toBeUndefined();
  });
});
