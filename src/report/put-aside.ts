import type { ReportTarget } from './report-schema.ts';

/** Why no change of a plan was begun; undefined where the plan was not put aside as a whole. */
export function putAside({ plan, result }: ReportTarget): 'refused' | 'not approved' | undefined {
  if (plan === null) return undefined;
  if (result === 'refused') return 'refused';
  return result === 'stale' ? 'not approved' : undefined;
}
