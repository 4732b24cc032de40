import { decodeText } from '../../manifest/decode.ts';
import { checked, error } from '../../manifest/finding.ts';
import { DEFAULT_LIMITS } from '../../manifest/limits.ts';
import { LineIndex } from '../../manifest/line-index.ts';
import type { YamlNode } from '../../manifest/yaml-node.ts';
import { parseYaml } from '../../manifest/yaml-tree.ts';
import type { Checked, Problem } from '../../model/problem.ts';
import { contradictionsIn } from './job-file-contradictions.ts';
import { formProblems } from './job-file-problems.ts';
import { type JobFile, jobFileSchema } from './job-file-schema.ts';
import { nodeAt, type Path, valueOf, withValueAt } from './yaml-value.ts';

/** Something wrong with the value at a path. */
export interface PlacedFault {
  readonly path: Path;
  readonly message: string;
}

/**
 * Reads a job file. Every problem is found at once, each with its place.
 * @param path  as it is to be named in messages
 * @param look  what else is to be asked of a file whose form is right: whether its secrets are in the environment
 */
export function readJobFile(
  path: string,
  bytes: Uint8Array,
  look: (job: JobFile) => readonly PlacedFault[] = () => [],
): Checked<JobFile> {
  const { text, findings } = decodeText(path, bytes, DEFAULT_LIMITS.maxBytes);
  if (text === undefined) return { ok: false, problems: findings };
  const lines = new LineIndex(path, text);
  const tree = parseYaml(text, lines);
  const before = [...findings, ...tree.findings];
  if (tree.root === undefined || tree.root.kind === 'nothing') {
    return { ok: false, problems: before.length > 0 ? before : [emptyFile(lines)] };
  }
  return checkTree(tree.root, lines, before, look);
}

function checkTree(
  root: YamlNode,
  lines: LineIndex,
  before: readonly Problem[],
  look: (job: JobFile) => readonly PlacedFault[],
): Checked<JobFile> {
  const { value, parsed } = parse(valueOf(root));
  const placeOf = (path: Path) => lines.place(nodeAt(root, path).offset);
  const findings = [
    ...before,
    ...(parsed.success
      ? look(parsed.data).map((fault) => error('environment', placeOf(fault.path), fault.message))
      : formProblems(parsed.error.issues, value, root, lines)),
    ...contradictionsIn(value, placeOf),
  ].toSorted(inOrder);
  if (parsed.success) return checked(parsed.data, findings);
  return { ok: false, problems: findings };
}

/** All scalars of the tree are text. Where the form wants a number, text that is one becomes it. */
function parse(value: unknown): {
  readonly value: unknown;
  readonly parsed: ReturnType<typeof jobFileSchema.safeParse>;
} {
  const first = jobFileSchema.safeParse(value);
  if (first.success) return { value, parsed: first };
  const typed = first.error.issues.reduce((sofar, issue) => {
    if (!wantsNumber(issue)) return sofar;
    return withValueAt(sofar, issue.path as Path, (text) =>
      typeof text === 'string' && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text,
    );
  }, value);
  return { value: typed, parsed: jobFileSchema.safeParse(typed) };
}

const wantsNumber = (issue: {
  readonly code: string;
  readonly expected?: string;
  readonly values?: unknown;
}) =>
  issue.expected === 'number' ||
  issue.expected === 'int' ||
  (Array.isArray(issue.values) && issue.values.some((value) => typeof value === 'number'));

const inOrder = (a: Problem, b: Problem): number =>
  (a.source?.line ?? 0) - (b.source?.line ?? 0) || (a.source?.column ?? 0) - (b.source?.column ?? 0);

const emptyFile = (lines: LineIndex): Problem => ({
  code: 'job-empty',
  severity: 'error',
  source: lines.place(0),
  message: 'the file is empty, expected version, mode and manifest; check that it was written completely',
});
