import type { z } from 'zod';
import { didYouMean } from '../../manifest/did-you-mean.ts';
import { error } from '../../manifest/finding.ts';
import type { LineIndex } from '../../manifest/line-index.ts';
import { oneOf, show } from '../../manifest/show.ts';
import type { YamlNode } from '../../manifest/yaml-node.ts';
import type { Problem } from '../../model/problem.ts';
import { keysAt } from './job-file-keys.ts';
import { NOTIFICATION_TYPES } from './job-file-schema.ts';
import { nodeAt, type Path, valueAt } from './yaml-value.ts';

type Issue = z.core.$ZodIssue;

/** What the form of a job file says about it, in words, each with its place. */
export function formProblems(
  issues: readonly Issue[],
  value: unknown,
  root: YamlNode,
  lines: LineIndex,
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path as Path;
    const node = nodeAt(root, path);
    if (node.kind === 'faulty') return [];
    if (issue.code === 'unrecognized_keys') {
      const type = valueAt(value, [...path, 'type']);
      return issue.keys.map((key) => unknownKey(key, path, type, node, lines));
    }
    const found = valueAt(value, path);
    const [code, message] = found === undefined ? missing(path) : misfit(issue, path, found);
    return [error(code, lines.place(node.offset), message)];
  });
}

function unknownKey(key: string, path: Path, type: unknown, node: YamlNode, lines: LineIndex): Problem {
  const known = keysAt(path);
  const offset = node.kind === 'map' ? (node.entries.get(key)?.key.offset ?? node.offset) : node.offset;
  const place = lines.place(offset);
  // Known beside another type.
  if (known.includes(key))
    return error('key-unknown', place, `${owner(path)} of type ${shown(type)} takes no ${key}; leave it out`);
  const hint = didYouMean(key, known);
  const advice = hint === '' ? `; known are ${known.join(', ')}` : hint;
  return error('key-unknown', place, `key ${show(key)} is not known in ${owner(path)}${advice}`);
}

function missing(path: Path): readonly [code: string, message: string] {
  const key = String(path.at(-1) ?? '');
  const example = EXAMPLES[key] ?? `${key}: with ${expectation(key)}`;
  return ['key-missing', `${owner(path.slice(0, -1))} has no ${key}; write ${example}`];
}

function misfit(issue: Issue, path: Path, found: unknown): readonly [code: string, message: string] {
  const key = nameOf(path);
  if (path.length === 0) return ['value-wrong', `the job is ${shown(found)}, expected a map of keys`];
  if (found === null) return ['value-missing', `${key} has no value; fill it in or remove it`];
  const words = wordsOf(issue, key);
  if (words !== undefined) {
    const hint = typeof found === 'string' ? didYouMean(found, words) : '';
    return ['value-unknown', `${key} is ${shown(found)}, expected ${oneOf(words)}${hint}`];
  }
  if (CONFIDENTIAL.has(key))
    return [
      'value-wrong',
      `${key} is written out, expected ${expectation(key)}; set that in the environment`,
    ];
  if (Array.isArray(found) && found.length === 0)
    return ['list-empty', `${key} is empty; name at least one or leave ${key} out`];
  return [
    'value-wrong',
    `${key} is ${shown(found)}, expected ${expectation(key)}; correct it or leave it out`,
  ];
}

/** What may stand there, where that is one of a few words. The type of a notification decides its other keys. */
function wordsOf(issue: Issue, key: string): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && key === 'type' ? NOTIFICATION_TYPES : undefined;
}

/** What was written there may be the secret itself, or an address that is one: it is not repeated. */
const CONFIDENTIAL: ReadonlySet<string> = new Set(['url', 'secret']);

/** By the key: what it takes, in words. */
const EXPECTED: Readonly<Record<string, string>> = {
  directory: 'the id of a resource directory such as rd-3mNq8W',
  deadline: 'a duration such as 250ms, 30s, 5m or 1h',
  settle: 'a duration such as 250ms, 30s, 5m or 1h',
  pause: 'a duration such as 250ms, 30s, 5m or 1h',
  window: 'a time of day such as 22:00-05:00, with a time zone such as Asia/Shanghai after it or UTC',
  maxRemovals: 'a whole number from 0 on',
  maxRemovalShare: 'a share from 0 to 1, for example 0.25',
  concurrency: 'a whole number from 1 on',
  parallel: 'a whole number from 1 on',
  maxChanges: 'a whole number from 1 on',
  keep: 'a whole number from 1 on',
  targetsPerContact: 'a whole number from 1 on',
  accountsPerAggregator: 'a whole number from 1 on',
  manifest: 'a list of paths (manifest: [manifest.yaml])',
  formats: 'a list of report formats (formats: [json, html])',
  targets: 'a list of targets, each with a name',
  notify: 'a list of notifications, each with a type',
  when: 'a list of changed and failed',
  url: 'the name of a variable that holds it, such as env:DINGTALK_URL',
  secret: 'the name of a variable that holds it, such as env:DINGTALK_SECRET',
  roleArn: 'the ARN of a role such as acs:ram::1738084522671234:role/reconcile',
  policy: 'a map of keys',
  limits: 'a map of keys',
  pace: 'a map of keys',
  report: 'a map of keys',
};

const EXAMPLES: Readonly<Record<string, string>> = {
  version: 'version: 1 at its top',
  mode: 'mode: plan, or mode: apply to write to the cloud',
  name: 'name: with a name of its own',
};

const expectation = (key: string): string => EXPECTED[key] ?? 'text';

/** Of the key that a value belongs to: items of a list have that of the list. */
const nameOf = (path: Path): string => path.findLast((step) => typeof step === 'string') ?? 'the job';

const OWNERS: Readonly<Record<string, string>> = { targets: 'a target', notify: 'a notification' };

function owner(path: Path): string {
  if (path.length === 0) return 'the job';
  const key = nameOf(path);
  return typeof path.at(-1) === 'number' ? (OWNERS[key] ?? key) : key;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' || typeof value === 'number' ? show(String(value)) : 'a map of keys';
}
