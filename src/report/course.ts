import type { ReportChange, ReportTarget } from './report-schema.ts';
import { grouped } from './words.ts';

/** `since 2026-11-19` for drift that an earlier run saw already; empty for what is new, or where nobody knows. */
export const sinceInWords = ({ since }: ReportChange, { history }: ReportTarget): string =>
  since === undefined || history === undefined || since > history.previousStartedAt
    ? ''
    : `since ${since.slice(0, 10)}`;

/** Which way the drift went: `2 more than last time: 3 new, 5 standing, 1 settled`; empty where nobody knows. */
export function courseInWords({ history }: Pick<ReportTarget, 'history'>): string {
  if (history === undefined) return '';
  const { appeared, standing, settled } = history;
  if (appeared + standing + settled === 0) return '';
  const balance = appeared - settled;
  const way =
    balance === 0 ? 'as many as' : `${grouped(Math.abs(balance))} ${balance > 0 ? 'more' : 'fewer'} than`;
  return `${way} last time: ${grouped(appeared)} new, ${grouped(standing)} standing, ${grouped(settled)} settled`;
}
