import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { knownActionNames } from '../../src/emulator/operations.ts';

const folder = new URL('.', import.meta.url);
const tests = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

it.each(knownActionNames())('%s is called through the official client by a contract test', (action) => {
  expect(tests).toMatch(new RegExp(`'${action}'`));
});
