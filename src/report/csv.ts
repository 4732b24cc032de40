import { stringify } from 'csv-stringify/sync';
import { csvText } from './csv-text.ts';
import type { Report, ReportChange, ReportTarget } from './report-schema.ts';

/** The header is public interface: columns may be added at its end. */
const COLUMNS = [
  'target',
  'directory_id',
  'kind',
  'owner_id',
  'owner_name',
  'action',
  'member_id',
  'member_type',
  'member_name',
  'member_path',
  'source_file',
  'source_line',
  'status',
  'code',
  'reason',
  'request_id',
  'attempts',
  'elapsed_ms',
  'since',
  'change_id',
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | number | null | undefined>>;

/** Without it some spreadsheets read UTF-8 as another encoding. */
const BYTE_ORDER_MARK = '\ufeff';

/** One row a change, over all targets, in the order of the report. Ids stand digit for digit. */
export function renderCsv({ targets }: Report): string {
  const rows = targets.flatMap((target) => target.changes.map((change) => rowOf(target, change)));
  const text = stringify(rows, {
    header: true,
    columns: [...COLUMNS],
    quoted_string: true,
    cast: { string: (value, { header }) => (header ? value : csvText(value)) },
  });
  return /[^\n -~]/.test(text) ? BYTE_ORDER_MARK + text : text;
}

function rowOf(target: ReportTarget, change: ReportChange): Row {
  const { kind, owner, action, member, source, outcome } = change;
  return {
    target: target.name,
    directory_id: target.directoryId,
    kind,
    owner_id: owner.id,
    owner_name: owner.name,
    action,
    member_id: member.id,
    member_type: member.type,
    member_name: member.name,
    member_path: member.path,
    source_file: source?.file,
    source_line: source?.line,
    status: outcome.status,
    code: 'code' in outcome ? outcome.code : undefined,
    reason: 'because' in outcome ? outcome.because : 'message' in outcome ? outcome.message : undefined,
    request_id: 'requestId' in outcome ? outcome.requestId : undefined,
    attempts: 'attempts' in outcome ? outcome.attempts : undefined,
    elapsed_ms: 'elapsedMs' in outcome ? outcome.elapsedMs : undefined,
    since: change.since,
    change_id: change.id,
  };
}
