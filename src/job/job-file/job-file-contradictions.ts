import { error } from '../../manifest/finding.ts';
import { show } from '../../manifest/show.ts';
import type { Source } from '../../model/manifest.ts';
import type { Problem } from '../../model/problem.ts';
import { type Path, valueAt } from './yaml-value.ts';

type PlaceOf = (path: Path) => Source;

/** What no form can say: what one part of a job file makes of another. Works on files whose form is wrong, too. */
export function contradictionsIn(job: unknown, placeOf: PlaceOf): readonly Problem[] {
  if (typeof job !== 'object' || job === null || Array.isArray(job)) return [];
  const targets = valueAt(job, ['targets']);
  const jobHasManifest = isFilled(valueAt(job, ['manifest']));
  if (!Array.isArray(targets)) return jobHasManifest ? [] : noManifest(job, placeOf);
  return [
    ...namesTwice(targets, placeOf),
    ...targets.flatMap((target: unknown, index) => [
      ...(jobHasManifest || valueAt(target, ['manifest']) !== undefined
        ? []
        : withoutManifest(target, placeOf(['targets', index]))),
      ...twoIdentities(target, placeOf(['targets', index, 'roleArn'])),
    ]),
  ];
}

function noManifest(job: unknown, placeOf: PlaceOf): readonly Problem[] {
  if (valueAt(job, ['manifest']) !== undefined || valueAt(job, ['targets']) !== undefined) return [];
  const message =
    'the job has no manifest; write manifest: [manifest.yaml], with paths relative to this file';
  return [error('key-missing', placeOf([]), message)];
}

function namesTwice(targets: readonly unknown[], placeOf: PlaceOf): readonly Problem[] {
  const first = new Map<string, number>();
  return targets.flatMap((target, index) => {
    const name = valueAt(target, ['name']);
    if (typeof name !== 'string') return [];
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
      return [];
    }
    const { line } = placeOf(['targets', before, 'name']);
    const message = `target ${show(name)} stands twice, first in line ${line}; give each a name of its own`;
    return [error('target-twice', placeOf(['targets', index, 'name']), message)];
  });
}

function withoutManifest(target: unknown, place: Source): readonly Problem[] {
  const message = `target ${nameOf(target)} has no manifest, and the job has none; write manifest: in either`;
  return [error('target-without-manifest', place, message)];
}

function twoIdentities(target: unknown, place: Source): readonly Problem[] {
  if (valueAt(target, ['profile']) === undefined || valueAt(target, ['roleArn']) === undefined) return [];
  const message = `target ${nameOf(target)} has both profile and roleArn; keep one: a profile can assume a role by itself`;
  return [error('two-identities', place, message)];
}

function nameOf(target: unknown): string {
  const name = valueAt(target, ['name']);
  return typeof name === 'string' ? show(name) : 'without a name';
}

const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
