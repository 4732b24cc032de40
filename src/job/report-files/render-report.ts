import type { ReportFormat } from '../../model/file-formats.ts';
import { jsonText } from '../../report/json-text.ts';
import type { Report } from '../../report/report-schema.ts';

/** One view of a report, as the file of that format holds it. Each is loaded when it is asked for. */
export async function renderReport(report: Report, format: ReportFormat): Promise<string> {
  switch (format) {
    case 'json':
      return `${jsonText(report, 2)}\n`;
    case 'markdown':
      return (await import('../../report/markdown.ts')).renderMarkdown(report);
    case 'html':
      return (await import('../../report/html/html.ts')).renderHtml(report);
    case 'csv':
      return (await import('../../report/csv.ts')).renderCsv(report);
    case 'junit':
      return (await import('../../report/junit.ts')).renderJunit(report);
    case 'metrics':
      return (await import('../../report/metrics.ts')).renderMetrics(report);
  }
}
