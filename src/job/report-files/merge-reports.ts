import { compareText } from '../../model/compare.ts';
import { EXIT } from '../../model/exit-code.ts';
import { assembleReport } from '../../report/assemble-report.ts';
import type { Report } from '../../report/report-schema.ts';
import { problem, Stop } from '../stop.ts';

export interface ReportFile {
  /** As given. */
  readonly path: string;
  readonly report: Report;
}

/**
 * One report out of those of the shards of a run: all targets, in the order of their names, from the first start
 * to the last end. It has the id of the shard that started first.
 * @param files  one or more
 * @throws Stop (manifest) when a target stands in two of them, or planning and applying are mixed
 */
export function mergeReports(files: readonly [ReportFile, ...ReportFile[]]): Report {
  const problems = [...targetsTwice(files), ...mixedModes(files)];
  if (problems.length > 0) throw new Stop(EXIT.manifest, 'failed', problems);
  const runs = files.map(({ report }) => report.run);
  const [first] = files;
  const earliest = runs.reduce((one, other) => (compareText(other.id, one.id) < 0 ? other : one));
  return assembleReport(
    {
      id: earliest.id,
      mode: earliest.mode,
      startedAt: Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt))),
      finishedAt: Math.max(...runs.map(({ finishedAt }) => Date.parse(finishedAt))),
    },
    files.flatMap(({ report }) => report.targets).toSorted((a, b) => compareText(a.name, b.name)),
    first.report.tool,
  );
}

function targetsTwice(files: readonly ReportFile[]) {
  const places = new Map<string, string>();
  return files.flatMap(({ path, report }) =>
    report.targets.flatMap(({ name }) => {
      const before = places.get(name);
      places.set(name, path);
      if (before === undefined) return [];
      const message = `target ${name} stands in ${before} and in ${path}; give the report of each shard once`;
      return [problem('target-twice', message)];
    }),
  );
}

function mixedModes([first, ...others]: readonly ReportFile[]) {
  return others.flatMap(({ path, report: { run } }) => {
    if (first === undefined || run.mode === first.report.run.mode) return [];
    const message = `${path} is of mode ${run.mode} and ${first.path} of mode ${first.report.run.mode}; merge the shards of one run`;
    return [problem('modes-mixed', message)];
  });
}
