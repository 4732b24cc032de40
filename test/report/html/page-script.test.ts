import ts from 'typescript';
import { expect, test } from 'vitest';
import { PAGE_SCRIPT } from '../../../src/report/html/page-script.ts';

const NAME = '/page-script.js';

/** Checks the script as strictly as the other sources, with the types of a browser. */
function complaintsAbout(script: string): string[] {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target, ...rest) =>
    name === NAME ? ts.createSourceFile(name, script, target) : read(name, target, ...rest);
  const program = ts.createProgram([NAME], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

test('the script of the page is well typed', () => {
  expect(complaintsAbout(PAGE_SCRIPT)).toEqual([]);
}, 60_000);

test('a script with a wrong type would be noticed', () => {
  expect(complaintsAbout(`${PAGE_SCRIPT}\ndocument.title = 1;`)).toEqual([
    "Type 'number' is not assignable to type 'string'.",
  ]);
}, 60_000);

test('nothing in it ends the element that it stands in', () => {
  expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--/i);
});

test('it neither makes code of texts nor calls anybody', () => {
  expect(PAGE_SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp|import/,
  );
});
