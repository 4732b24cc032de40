import { CronExpressionParser } from 'cron-parser';
import { describe, expect, it, vi } from 'vitest';
import { readJobFile } from '../../src/job/job-file/job-file.ts';
import { cronJob, filesOf, KINDS, KUBERNETES_FILES, resourcesIn } from './support/kubernetes.ts';
import { typeProblems } from './support/unknown-keys.ts';

vi.setConfig({ testTimeout: 60_000 });

const NIGHTLY = cronJob('one-directory.yaml', 'rd-reconcile-nightly');
const FLEET = cronJob('many-directories.yaml', 'rd-reconcile-fleet');
const MERGE = cronJob('many-directories.yaml', 'rd-reconcile-fleet-report');
const ALL = [
  { name: 'one directory', ...NIGHTLY },
  { name: 'many directories', ...FLEET },
  { name: 'the report of many', ...MERGE },
];

describe.each(KUBERNETES_FILES)('kubernetes/%s', (file) => {
  it('fits the schemas of Kubernetes', () => {
    const resources = resourcesIn(file);
    expect(resources.length).toBeGreaterThan(1);
    for (const resource of resources) {
      const { kind, metadata } = resource;
      expect(KINDS, kind).toHaveProperty(kind);
      const model = new KINDS[kind](resource);
      expect(() => model.validate(), `${kind} ${metadata.name}`).not.toThrow();
    }
  });

  it('has no key that Kubernetes would drop in silence', () => {
    expect(typeProblems(resourcesIn(file))).toEqual([]);
  });

  it('puts everything into one namespace', () => {
    const places = resourcesIn(file).map(({ kind, metadata }) =>
      kind === 'Namespace' ? metadata.name : metadata.namespace,
    );
    expect(new Set(places)).toEqual(new Set(['rd-reconcile']));
  });
});

it('a misspelt key deep in a pod would be noticed', () => {
  const [job] = resourcesIn('many-directories.yaml').filter(({ kind }) => kind === 'CronJob');
  const text = JSON.stringify(job).replace('readOnlyRootFilesystem', 'readOnlyRootFileSystem');
  expect(typeProblems([JSON.parse(text) as typeof job & object]).join()).toContain('readOnlyRootFileSystem');
});

describe.each(ALL)('the pod for $name', ({ spec, job, pod, container }) => {
  it('can do no harm: no root, no privileges, no writable root file system, no token', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('has bounds: memory, time, and one at a time', () => {
    expect(container.resources).toMatchObject({
      requests: { cpu: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
    expect(job.activeDeadlineSeconds).toBeGreaterThan(0);
    expect(spec.concurrencyPolicy).toBe('Forbid');
    expect(() => CronExpressionParser.parse(spec.schedule)).not.toThrow();
  });

  it('mounts nothing that is not there, and gets no secret in clear', () => {
    const volumes = pod.volumes?.map(({ name }) => name).sort();
    expect(container.volumeMounts?.map(({ name }) => name).sort()).toEqual(volumes);
    expect(
      (container.env ?? []).map(({ name }) => name).filter((name) => /KEY|SECRET|TOKEN/.test(name)),
    ).toEqual([]);
  });
});

describe.each([
  {
    name: 'one directory',
    parts: NIGHTLY,
    file: 'one-directory.yaml',
    map: 'rd-reconcile-nightly',
    minutes: 30,
  },
  {
    name: 'many directories',
    parts: FLEET,
    file: 'many-directories.yaml',
    map: 'rd-reconcile-fleet',
    minutes: 120,
  },
] as const)('the job for $name', ({ parts, file, map, minutes }) => {
  const files = filesOf(file, map);
  const read = readJobFile('job.yaml', Buffer.from(files['job.yaml'] ?? ''));

  it('is a job file without a problem, whose manifests lie beside it', () => {
    expect(read).toMatchObject({ ok: true, warnings: [] });
    if (!read.ok) return;
    const named = [
      ...(read.value.manifest ?? []),
      ...(read.value.targets ?? []).flatMap(({ manifest = [] }) => manifest),
    ];
    expect(named.filter((name) => files[name] === undefined)).toEqual([]);
  });

  it('ends by its own deadline before Kubernetes ends it, and drains within the grace period', () => {
    expect(read).toMatchObject({ value: { pace: { deadline: minutes === 30 ? '30m' : '2h' } } });
    expect(parts.job.activeDeadlineSeconds).toBeGreaterThanOrEqual(minutes * 60 * 2);
    expect(parts.pod.terminationGracePeriodSeconds).toBe(120);
  });

  it('keeps state and reports on the volume, outside the read-only folder of the job', () => {
    const places = (parts.container.args ?? []).filter((arg) => /^--(?:state|report)-dir=/.test(arg));
    expect(places).toHaveLength(2);
    expect(places.filter((arg) => !arg.includes('=/data/'))).toEqual([]);
  });

  it('waits for the lock of a killed pod longer than it lasts', () => {
    expect(parts.container.args).toContain('--wait=3m');
  });

  it('is not tried again where that changes nothing, and is where it may help', () => {
    const final = parts.job.podFailurePolicy?.rules.flatMap(({ onExitCodes }) => onExitCodes?.values ?? []);
    expect(final).toEqual([1, 4, 5, 64, 65, 77, 78]);
    // 3: something is left. 69: the cloud could not be read. 75: another run. 143: stopped.
    for (const code of [3, 69, 75, 143]) expect(final).not.toContain(code);
  });
});

it('the shards are as many as the pods, and as many reports are expected', () => {
  const { completions, parallelism, completionMode } = FLEET.job;
  expect({ completions, parallelism, completionMode }).toEqual({
    completions: 4,
    parallelism: 4,
    completionMode: 'Indexed',
  });
  expect(FLEET.container.args).toContain('--shard=$(JOB_COMPLETION_INDEX)/4');
  expect(MERGE.container.env).toEqual([{ name: 'SHARDS', value: '4' }]);
});

it('the reports are brought together after the last moment at which the shards may run', () => {
  const started = CronExpressionParser.parse(FLEET.spec.schedule, {
    currentDate: '2026-11-20T00:00:00Z',
    tz: 'UTC',
  }).next();
  const merged = CronExpressionParser.parse(MERGE.spec.schedule, {
    currentDate: started.toDate(),
    tz: 'UTC',
  }).next();
  const seconds = (merged.getTime() - started.getTime()) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(FLEET.job.activeDeadlineSeconds ?? Infinity);
  expect(MERGE.spec.timeZone).toBe(FLEET.spec.timeZone);
});
