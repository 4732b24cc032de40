import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/model/exit-code.ts';
import { withTables } from './readme-tables.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

describe('README.md', () => {
  it('has the tables that the code gives; npm run docs writes them', () => {
    expect(withTables(readme)).toBe(readme);
  });

  it.each(Object.entries(EXIT))('lists the exit code for %s, %d', (_, code) => {
    expect(readme).toMatch(new RegExp(`^\\| ${code}( / \\d+)? \\||^\\| \\d+ / ${code} \\|`, 'm'));
  });

  it('names no npm script that does not exist', () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => scripts[name ?? ''] === undefined)).toEqual([]);
  });

  it('links to files and folders that exist, and to headings of its own', () => {
    const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, text]) => `#${slug(text ?? '')}`);
    const broken = links.filter((link) =>
      link.startsWith('#') ? !headings.includes(link) : !link.startsWith('https:') && !exists(link),
    );
    expect(broken).toEqual([]);
  });
});

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s/g, '-');

function exists(path: string): boolean {
  try {
    readFileSync(new URL(`../../${path}`, import.meta.url));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR';
  }
}
