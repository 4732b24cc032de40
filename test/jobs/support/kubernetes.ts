import { loadAll } from 'js-yaml';
import { CronJob, type ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import { ConfigMap, type IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { readJobsFile } from './job-folder.ts';

export const KUBERNETES_FILES = ['one-directory.yaml', 'many-directories.yaml', 'rrsa.yaml'] as const;
export type KubernetesFile = (typeof KUBERNETES_FILES)[number];

/** The kinds that are used, and what checks them. */
export const KINDS = { CronJob, ConfigMap, Namespace, PersistentVolumeClaim, ServiceAccount };
export type Kind = keyof typeof KINDS;

export interface Resource {
  readonly apiVersion: string;
  readonly kind: Kind;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export const resourcesIn = (file: KubernetesFile): Resource[] =>
  loadAll(readJobsFile('kubernetes', file)) as Resource[];

/** @throws when the file has none of that kind and name */
function resource(file: KubernetesFile, kind: Kind, name: string): Resource {
  const found = resourcesIn(file).find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`${file} has no ${kind} ${name}`);
  return found;
}

export type JobSpec = NonNullable<NonNullable<NonNullable<ICronJob['spec']>['jobTemplate']>['spec']>;
export type PodSpec = NonNullable<JobSpec['template']['spec']>;
export type Container = PodSpec['containers'][number];

export interface CronJobParts {
  readonly spec: NonNullable<ICronJob['spec']>;
  readonly job: JobSpec;
  readonly pod: PodSpec;
  readonly container: Container;
}

/** A CronJob with one container. */
export function cronJob(file: KubernetesFile, name: string): CronJobParts {
  const { spec } = resource(file, 'CronJob', name) as unknown as ICronJob;
  const job = spec?.jobTemplate.spec;
  const pod = job?.template.spec;
  const [container] = pod?.containers ?? [];
  if (spec === undefined || job === undefined || pod === undefined || container === undefined)
    throw new Error(`${name} has no container`);
  return { spec, job, pod, container };
}

export const filesOf = (file: KubernetesFile, name: string): Readonly<Record<string, string>> =>
  (resource(file, 'ConfigMap', name) as unknown as IConfigMap).data ?? {};
