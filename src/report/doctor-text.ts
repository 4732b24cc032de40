import type { DiagnosedPermission, Diagnosis } from './diagnosis.ts';
import { createPaint } from './paint.ts';
import { displayText } from './scrub.ts';
import { duration } from './words.ts';

type Row = readonly [label: string, text: string];

/** What doctor found, a line each; what is wrong comes last, so that it stands above the prompt. */
export function renderDiagnosis(found: Diagnosis, { color }: { readonly color: boolean }): string {
  const paint = createPaint(color);
  const rows = [
    ...identityRows(found),
    ...found.endpoints.map((endpoint): Row => {
      const way = endpoint.proxy === null ? '' : ` through proxy ${endpoint.proxy}`;
      const state = endpoint.reachable
        ? `answers in ${duration(endpoint.latencyMs ?? 0)}`
        : 'does not answer';
      return [endpoint.service, `${endpoint.host} ${state}${way}`];
    }),
    ...clockRows(found),
    ...permissionRows(found.permissions),
    ...found.quotas.map(({ what, used, cap }): Row => ['quota', `${what}: ${used} of ${cap}`]),
  ];
  const lines = rows.map(([label, text]) => `${paint.faint(label.padEnd(12))}${displayText(text)}`);
  const problems = found.problems.map(({ severity, message }) => {
    const brush = severity === 'error' ? paint.bad : paint.caution;
    return `${brush(severity.padEnd(12))}${displayText(message)}`;
  });
  const verdict = found.problems.some(({ severity }) => severity === 'error')
    ? paint.bad(`not ready (exit ${found.exitCode})`)
    : paint.good('ready to plan; whether writes are allowed shows when they are made');
  return `${[...lines, ...problems, verdict].join('\n')}\n`;
}

function identityRows({ credential, identity, directory }: Diagnosis): readonly Row[] {
  const rows: Row[] = [];
  if (credential !== null) {
    const kind = credential.temporary ? ', temporary' : '';
    rows.push(['credential', `${credential.accessKeyId} from ${credential.source}${kind}`]);
  }
  if (identity !== null)
    rows.push(['identity', `${identity.type} of account ${identity.accountId}: ${identity.arn}`]);
  if (directory !== null)
    rows.push([
      'in',
      `resource directory ${directory.id}, managed by account ${directory.managementAccountId}`,
    ]);
  return rows;
}

function clockRows({ clockSkewMs }: Diagnosis): readonly Row[] {
  if (clockSkewMs === null) return [];
  const off = Math.abs(clockSkewMs) / 1000;
  return [['clock', off <= 1 ? 'agrees with the service' : `off by ${off} s`]];
}

function permissionRows(permissions: readonly DiagnosedPermission[]): readonly Row[] {
  return (['allowed', 'denied', 'unknown', 'not-tried'] as const).flatMap((status): readonly Row[] => {
    const actions = permissions.filter((one) => one.status === status);
    if (actions.length === 0) return [];
    const words = actions.map(({ action, code }) => (code === undefined ? action : `${action} (${code})`));
    return [[status.replace('-', ' '), words.join(', ')]];
  });
}
