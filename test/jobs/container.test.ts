import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../samples/support/built.ts';
import { readJobsFile } from './support/job-folder.ts';

const DOCKERFILE = readJobsFile('container', 'Dockerfile');
const lines = DOCKERFILE.replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const instructions = (name: string): string[] =>
  lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
/** From the last FROM on: what is in the image. */
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

describe('the Dockerfile', () => {
  it('has nothing for a linter to say', () => {
    expect(validate(DOCKERFILE).map(({ message }) => message)).toEqual([]);
    expect(validate(DOCKERFILE.replace('USER ', 'USERS ')).map(({ message }) => message)).toEqual([
      'Unknown instruction: USERS',
    ]);
  });

  it('starts both stages from the same slim image with a tag, and a Node that package.json allows', () => {
    const images = instructions('FROM').map((from) => from.replace(/ AS \w+$/, ''));
    expect(images).toEqual(['node:22-bookworm-slim', 'node:22-bookworm-slim']);
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    expect(engines.node).toBe('>=20.20');
  });

  it('copies what is there, and lets through to the builder exactly that', () => {
    const copied = instructions('COPY')
      .filter((copy) => !copy.startsWith('--from='))
      .flatMap((copy) => copy.split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const allowed = readJobsFile('container', 'Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(allowed[0]).toBe('*');
    const names = new Set(copied.map((path) => path.replace('./', '')));
    expect(allowed.slice(1).toSorted()).toEqual([...names].map((name) => `!${name}`).sort());
  });

  it('runs as a user without rights, whose number the pods use too', () => {
    expect(lastStage.filter((line) => line.startsWith('USER '))).toEqual(['USER 10001:10001']);
    expect(readJobsFile('kubernetes', 'one-directory.yaml')).toContain('runAsUser: 10001\n');
  });

  it('starts the program, which is where package.json says', () => {
    expect(lastStage).toContain('ENTRYPOINT ["rd-reconcile"]');
    const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    expect(DOCKERFILE).toContain(
      `ln -s /opt/rd-reconcile/${bin['rd-reconcile']} /usr/local/bin/rd-reconcile`,
    );
  });

  it('runs no script of a package, and takes no secret into the image', () => {
    const installs = instructions('RUN')
      .flatMap((run) => run.split('&&'))
      .filter((run) => /npm (?:ci|prune)/.test(run));
    expect(installs).toHaveLength(2);
    expect(installs.filter((run) => !run.includes('--ignore-scripts'))).toEqual([]);
    expect(instructions('ARG')).toEqual([]);
    expect(instructions('ENV')).toEqual(['NODE_ENV=production']);
  });
});
