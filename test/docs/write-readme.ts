/** `npm run docs`: writes the tables of the README that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './readme-tables.ts';

const path = new URL('../../README.md', import.meta.url);
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
