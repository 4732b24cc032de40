import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RENDER_FORMATS } from '../../src/model/file-formats.ts';
import type { Report, ReportChange } from '../../src/report/report-schema.ts';
import { nightReport } from '../report/support/night-report.ts';
import { type Bench, type Row, spreadOf } from './bench.ts';

const CHANGES = 50_000;
const RUNS = 5;
const MEGABYTE = 1_000_000;
const TOOL = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Says the greatest resident size of the process when it ends, in kilobytes. */
const TELL_MEMORY =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))";

export const reportBench: Bench = {
  name: 'report',
  what:
    `render of a report of ${CHANGES} changes with every outcome, as a process, the reading and checking of ` +
    `report.json included; median (least to greatest) of ${RUNS} runs. The first row is a report without changes.`,
  run: async () => {
    if (!existsSync(TOOL)) throw new Error('dist/ is missing; run npm run build first');
    const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-bench-'));
    try {
      const empty = join(folder, 'empty.json');
      const large = join(folder, 'large.json');
      writeFileSync(empty, JSON.stringify(reportOf(0), null, 2));
      writeFileSync(large, JSON.stringify(reportOf(CHANGES), null, 2));
      const view = join(folder, 'view');
      return [rowOf('text', empty, view), ...RENDER_FORMATS.map((format) => rowOf(format, large, view))];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function rowOf(format: string, report: string, view: string): Row {
  const runs = Array.from({ length: RUNS }, () => renderOnce(format, report, view));
  return {
    format,
    changes: report.endsWith('large.json') ? CHANGES : 0,
    ms: spreadOf(runs.map(({ ms }) => ms)),
    'peak memory, MB': spreadOf(runs.map(({ peak }) => peak)),
    'report.json, MB': statSync(report).size / MEGABYTE,
    'view, MB': statSync(view).size / MEGABYTE,
  };
}

function renderOnce(format: string, report: string, view: string): { ms: number; peak: number } {
  const startedAt = performance.now();
  const args = ['--import', TELL_MEMORY, TOOL, 'render', report, '--format', format, '--out', view];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const ms = performance.now() - startedAt;
  const [, kilobytes] = /peak (\d+)/.exec(stderr) ?? [];
  if (status !== 0 || kilobytes === undefined) throw new Error(`render ended with ${status}: ${stderr}`);
  return { ms, peak: (Number(kilobytes) * 1024) / MEGABYTE };
}

/** Ten changes a contact, two hundred a group, their outcomes in turn. */
function reportOf(count: number): Report {
  const report = nightReport();
  const [target] = report.targets;
  if (target === undefined) throw new Error('no target');
  const changes = Array.from({ length: count }, (_, index) => {
    const sample = target.changes[index % target.changes.length];
    if (sample === undefined) throw new Error('no change');
    return changeLike(sample, index);
  });
  return { ...report, targets: [{ ...target, changes }] };
}

function changeLike(sample: ReportChange, index: number): ReportChange {
  const size = sample.kind === 'contact' ? 10 : 200;
  const owner = `${sample.kind === 'contact' ? 'c-' : 'ca-'}${String(Math.floor(index / size)).padStart(16, '0')}`;
  const member = String(1_738_084_522_000_001 + index);
  return {
    ...sample,
    id: `${sample.action}:${owner}:${member}`,
    owner: { id: owner, name: `owner ${owner}` },
    member: { ...sample.member, id: member, type: 'account', path: `/Production/Payments/account-${index}` },
  };
}
