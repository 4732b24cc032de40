/** Names of the forms of files, in a place that costs nothing to load: the command line needs them for its help. */

/** Report files that a run can write; `metrics` is for the textfile collector of Prometheus. */
export const REPORT_FORMATS = ['json', 'markdown', 'html', 'csv', 'junit', 'metrics'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Views of a report that exists: the files, and the text that a terminal shows. */
export const RENDER_FORMATS = ['text', 'markdown', 'html', 'csv', 'junit', 'metrics'] as const;
export type RenderFormat = (typeof RENDER_FORMATS)[number];

/** Manifests that an export can write. */
export const EXPORT_FORMATS = ['yaml', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Kinds of files that have a JSON Schema. */
export const SCHEMA_NAMES = ['manifest', 'job', 'plan', 'report'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];
