import { OWN_CODES } from '../../src/model/own-codes.ts';
import { remedyFor } from '../../src/report/remedy.ts';
import { CONSEQUENCES, ERROR_CODES } from '../../src/wire/error-codes.ts';
import { emulatorRulesTable } from './emulator-rules-table.ts';
import { problemTable, skippedTable } from './runbook-tables.ts';

/** The tables of the README that are made from the code, by the name of their place. */
const README_TABLES: Readonly<Record<string, () => string>> = {
  consequences: consequenceTable,
  'error-codes': errorCodeTable,
  'own-codes': ownCodeTable,
  problems: problemTable,
  skipped: skippedTable,
  'emulator-rules': emulatorRulesTable,
};

function consequenceTable(): string {
  const rows = Object.entries(CONSEQUENCES).map(([name, consequence]) => `| \`${name}\` | ${consequence} |`);
  return ['| class | what the tool does |', '|---|---|', ...rows].join('\n');
}

function errorCodeTable(): string {
  const rows = ERROR_CODES.map(({ code, httpStatus, class: errorClass, on }) => {
    return `| \`${code}\` | ${httpStatus} | ${on.join(', ')} | \`${errorClass}\` | ${remedyFor(code)} |`;
  });
  return [
    '| code | HTTP | listed on the page of | class | if it stays |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function ownCodeTable(): string {
  const rows = Object.entries(OWN_CODES).map(
    ([code, meaning]) => `| \`${code}\` | ${meaning} | ${remedyFor(code)} |`,
  );
  return ['| code | meaning | if it stays |', '|---|---|---|', ...rows].join('\n');
}

/** @throws when the README has no such place */
export function withTables(readme: string): string {
  return Object.entries(README_TABLES).reduce((text, [name, render]) => {
    const place = new RegExp(`(<!-- ${name}: made by npm run docs -->\n)[\\s\\S]*?(\n<!-- end -->)`);
    if (!place.test(text)) throw new Error(`README.md has no place for the table ${name}`);
    return text.replace(place, (_, start: string, end: string) => `${start}${render()}${end}`);
  }, readme);
}
