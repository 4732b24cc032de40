import { createHash } from 'node:crypto';
import { nearest } from '../manifest/did-you-mean.ts';
import { oneOf, show } from '../manifest/show.ts';
import { EXIT } from '../model/exit-code.ts';
import { problem, Stop } from './stop.ts';

/** One of several processes that share the targets of a job. */
export interface Shard {
  /** From 0, as Kubernetes counts the pods of an Indexed Job. */
  readonly index: number;
  readonly of: number;
}

export interface Choice {
  /** Names as given; none for all. */
  readonly names: readonly string[];
  readonly shard: Shard | undefined;
}

/**
 * The targets that this process takes on, in the order of the job. @throws Stop (usage) for a name that no target has
 */
export function chooseTargets<T extends { readonly name: string }>(
  targets: readonly T[],
  { names, shard }: Choice,
): readonly T[] {
  const known = targets.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Stop(
      EXIT.usage,
      'failed',
      unknown.map((name) => problem('target-unknown', unknownTarget(name, known))),
    );
  }
  return targets.filter(
    ({ name }) =>
      (names.length === 0 || names.includes(name)) &&
      (shard === undefined || shardOf(name, shard.of) === shard.index),
  );
}

/**
 * By the name alone: a target stays in its shard whatever targets come and go, and every process finds the same.
 * @returns 0 to `of` - 1
 */
export function shardOf(name: string, of: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % of;
}

function unknownTarget(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const hint =
    near.length === 0 ? 'check the names in the job file' : `did you mean ${oneOf(near.map(show))}?`;
  return `the job has no target ${show(name)}; ${hint}`;
}
